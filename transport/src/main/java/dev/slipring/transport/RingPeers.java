package dev.slipring.transport;

import dev.slipring.core.Region;
import dev.slipring.core.Role;

/** Looks on at a ring, to tell whether anybody is on its other side. */
final class RingPeers implements AutoCloseable {
    private final Region watched;
    private final Role peer;

    RingPeers(Region watched, Role peer) {
        this.watched = watched;
        this.peer = peer;
    }

    /** Asks the kernel about everybody who has registered. */
    boolean anyLives() {
        return watched.participants().list().stream().anyMatch(each -> each.role() == peer);
    }

    @Override
    public void close() {
        watched.close();
    }
}

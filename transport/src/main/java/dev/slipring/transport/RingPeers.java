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

    /** Whether, by the counts, somebody has registered who neither left nor is known to have died. Three loads. */
    boolean anyCounted() {
        var participants = watched.participants();
        long left = participants.closedInOrder(peer) + participants.died(peer);
        return participants.attached(peer) != left;
    }

    @Override
    public void close() {
        watched.close();
    }
}

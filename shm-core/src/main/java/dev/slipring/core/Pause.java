package dev.slipring.core;

import java.util.concurrent.locks.LockSupport;

/** A little time between two tries of what has no queue to wait in. */
final class Pause {
    private Pause() {
    }

    /** An interrupted thread pauses like any other, rather than try at full speed; it stays interrupted. */
    static void of(long durationNs) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(durationNs);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.slipring.core;

import java.util.concurrent.locks.LockSupport;

/** A little time between two tries of what has no queue to wait in. */
public final class Pause {
    private Pause() {
    }

    /**
     * So many nanoseconds. An interrupted thread pauses like any other, rather than try at full speed, and stays interrupted. Being
     * interrupted also leaves a permit, with which the next park returns at once: hence the loop.
     */
    public static void of(long durationNs) {
        long deadline = System.nanoTime() + durationNs;
        boolean interrupted = Thread.interrupted();
        for (long left = durationNs; left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.slipring.perf.peers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AeronIpc}'s media driver does when there is nothing to do: it sleeps, so that it takes no processor from the two ends, and
 * longer while other candidates are measured.
 *
 * <p>Of a driver IPC needs that it moves the publisher's limit on, which lies up to half a term (32 MiB) ahead of the subscriber and is
 * moved every eighth of that. Once in 2 ms is enough for 28 MiB in 2 ms, or 14 GB/s.
 */
final class DriverNap implements IdleStrategy {
    private static final long WORKING_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long RESTING_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private volatile long napNs = WORKING_NS;
    private volatile @Nullable Thread sleeper;

    /** A round begins, or has ended. Any thread. */
    void turn(boolean begins) {
        napNs = begins ? WORKING_NS : RESTING_NS;
        if (begins) {
            LockSupport.unpark(sleeper);
        }
    }

    @Override
    public void idle(int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        sleeper = Thread.currentThread();
        LockSupport.parkNanos(napNs);
    }

    @Override
    public void reset() {
        // the next nap is as long as the last one
    }

    @Override
    public String alias() {
        return "nap";
    }
}

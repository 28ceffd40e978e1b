package dev.slipring.examples.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;

/** When each message is due: at a fixed rate from a start, however late the ones before were; or at once. */
public final class Pace {
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Who has longer than this to wait sleeps until so much is left. */
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long rate;
    private final IdleStrategy idle;
    private final long shortNs;
    private final long startNs = System.nanoTime();

    /**
     * Starts now.
     *
     * @param rate messages a second; 0 for as fast as they go
     * @param idle for what is left of the time between two of them after a sleep; who sleeps too long sends at once whatever was due
     */
    public Pace(long rate, IdleStrategy idle) {
        this(rate, idle, SHORT_NS);
    }

    /** As above, with the usual strategy; or without sleeping. */
    public Pace(long rate, boolean busySpin) {
        this(rate, Idle.strategy(busySpin), busySpin ? Long.MAX_VALUE : SHORT_NS);
    }

    private Pace(long rate, IdleStrategy idle, long shortNs) {
        this.rate = rate;
        this.idle = idle;
        this.shortNs = shortNs;
    }

    /** When the first is due. */
    public long startNs() {
        return startNs;
    }

    /** Waits until the message with this index, counted from 0, is due; returns when that was. */
    public long await(long index) {
        return await(index, () -> false);
    }

    /** As {@link #await(long)}, but no longer than until it is to stop, which it notices within some 20 ms. */
    public long await(long index, BooleanSupplier toStop) {
        if (rate == 0) {
            return System.nanoTime();
        }
        long due = startNs + index / rate * NS_PER_SECOND + index % rate * NS_PER_SECOND / rate;
        long left = due - System.nanoTime();
        if (left > 0) {
            idle.reset();
            for (; left > 0 && !toStop.getAsBoolean(); left = due - System.nanoTime()) {
                if (left > shortNs) {
                    LockSupport.parkNanos(Math.min(left - SHORT_NS / 2, LONGEST_SLEEP_NS));
                } else {
                    idle.idle();
                }
            }
        }
        return due;
    }
}

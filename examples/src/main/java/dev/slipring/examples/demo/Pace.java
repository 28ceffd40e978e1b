package dev.slipring.examples.demo;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/** When each message is due: at a fixed rate from a start, however late the ones before were; or at once. */
public final class Pace {
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long rate;
    private final IdleStrategy idle;
    private final long startNs = System.nanoTime();

    /**
     * Starts now.
     *
     * @param rate messages a second; 0 for as fast as they go
     * @param idle for between two of them; who sleeps too long sends at once whatever was due meanwhile
     */
    public Pace(long rate, IdleStrategy idle) {
        this.rate = rate;
        this.idle = idle;
    }

    /** When the first is due. */
    public long startNs() {
        return startNs;
    }

    /** Waits until the message with this index, counted from 0, is due; returns when that was. */
    public long await(long index) {
        if (rate == 0) {
            return System.nanoTime();
        }
        long due = startNs + index / rate * NS_PER_SECOND + index % rate * NS_PER_SECOND / rate;
        if (System.nanoTime() - due < 0) {
            idle.reset();
            do {
                idle.idle();
            } while (System.nanoTime() - due < 0);
        }
        return due;
    }
}

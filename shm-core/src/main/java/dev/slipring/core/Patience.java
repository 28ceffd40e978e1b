package dev.slipring.core;

import java.util.concurrent.TimeUnit;

/**
 * Says when somebody who waits in vain should ask the kernel, which costs microseconds: after {@value #ATTEMPTS_BEFORE_ASKING} fruitless
 * attempts, and at most every 10 ms. The clock costs as much as a message, so it is read at every {@value #ATTEMPTS_PER_CLOCK}th only.
 */
public final class Patience {
    /** How many fruitless attempts come before the first question. */
    public static final int ATTEMPTS_BEFORE_ASKING = 1024;

    private static final int ATTEMPTS_PER_CLOCK = 256;
    private static final long ASK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private int fruitless;
    private long lastAskedNs = System.nanoTime() - ASK_EVERY_NS;

    /** Asks nothing before so many fruitless attempts. */
    public Patience() {
        // nothing to do
    }

    /** To be called when an attempt succeeded. */
    public void renew() {
        if (fruitless != 0) {
            fruitless = 0;
        }
    }

    /** To be called when time has passed between two attempts: at the next, only the clock decides. */
    public void hurry() {
        fruitless = ATTEMPTS_BEFORE_ASKING - 1;
    }

    /** To be called at every fruitless attempt; true when it is time to ask. */
    public boolean isOver() {
        if (++fruitless < ATTEMPTS_BEFORE_ASKING || fruitless % ATTEMPTS_PER_CLOCK != 0) {
            return false;
        }
        fruitless = ATTEMPTS_BEFORE_ASKING; // never overflows
        long now = System.nanoTime();
        if (now - lastAskedNs < ASK_EVERY_NS) {
            return false;
        }
        lastAskedNs = now;
        return true;
    }
}

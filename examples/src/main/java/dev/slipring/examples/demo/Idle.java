package dev.slipring.examples.demo;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * What a process does while there is nothing to do. Six of them may have two processors to share, so none keeps one to itself: a short
 * spin catches what is just arriving, a yield lets the one run that others wait for, and after about 100 µs of nothing a process sleeps.
 * A sleep takes 75 µs or more (Linux's timer slack), which is why it comes last; with a processor for each, nothing but spinning is best.
 */
public final class Idle {
    private static final int SPINS = 20;
    private static final int YIELDS = 100;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long UNHURRIED_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private Idle() {
    }

    /** A new one, for one thread. */
    public static IdleStrategy strategy() {
        return new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }

    /** For whom nobody waits: takes what has gathered, and sleeps. */
    public static IdleStrategy unhurried() {
        return new SleepingIdleStrategy(UNHURRIED_NS);
    }
}

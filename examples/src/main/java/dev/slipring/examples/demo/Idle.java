package dev.slipring.examples.demo;

import dev.slipring.core.Spinning;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a process does while there is nothing to do. Six of them may have two processors to share, so none keeps one to itself: a short
 * spin catches what is just arriving, a yield lets the one run that others wait for, and after about 100 µs of nothing a process sleeps:
 * until it is woken, if it waits for a ring. With a processor for each, nothing but spinning is best.
 */
public final class Idle {
    private static final int SPINS = 20;
    private static final int YIELDS = 100;
    private static final Spinning SHORT = new Spinning(SPINS, YIELDS);
    private static final Spinning ENDLESS = new Spinning(Integer.MAX_VALUE, 0);
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private Idle() {
    }

    /** Of who waits for a ring: before it sleeps, or instead. */
    public static Spinning spinning(boolean busySpin) {
        return busySpin ? ENDLESS : SHORT;
    }

    /** Of who waits for what wakes nobody, but not for long; a new one, for one thread. */
    public static IdleStrategy strategy(boolean busySpin) {
        return busySpin ? new BusySpinIdleStrategy() : strategy();
    }

    /** The one that sleeps. A sleep takes 75 µs or more (Linux's timer slack), which is why it comes last. */
    public static IdleStrategy strategy() {
        return new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }
}

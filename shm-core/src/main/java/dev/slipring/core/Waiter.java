package dev.slipring.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What a thread does between one look and the next, when it waits for another process: spins, then yields, then sleeps.
 *
 * <pre>{@code
 * waiter.begin(timeoutNs, null);
 * while ((found = look()) == NOTHING && waiter.idle()) {
 *     if (waiter.isTimeToAsk()) {
 *         // the next look asks the kernel who lives
 *     }
 * }
 * }</pre>
 *
 * <p>Sleeping takes two steps, and two looks: the first announces it, the second sleeps if the look in between has found nothing (see
 * {@link Doorbell}). No sleep is longer than {@link #SLICE_NS}, so that an interrupt, a death, the loss of the file, or a waker that
 * died before it woke anybody are noticed within that time; there is no timer thread.
 *
 * <p>Where it may not sleep on a doorbell it naps, up to 1 ms at a time: when the region was created without parking, on a virtual
 * thread, which would take its carrier to sleep with it, and where a sandbox forbids the system call.
 *
 * <p>Threads: one. Allocates: nothing after the first sleep.
 */
public final class Waiter {
    /**
     * The longest sleep, in nanoseconds: some milliseconds less than is promised, as only then somebody begins to look. Tests that want to
     * see who wakes a sleeper make it so long that it cannot be the clock.
     */
    static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("slipring.slice.millis", 40));

    /** Two slices, less what it takes to come so far: with what follows, a death is noticed within 100 ms. */
    private static final long ASK_EVERY_NS = SLICE_NS * 3 / 2;
    private static final int SPINS_PER_CLOCK = 16;
    private static final long SHORTEST_NAP_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_NAP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final @Nullable Sleep sleep;
    private final Spinning spinning;
    private @Nullable IdleStrategy strategy;
    private boolean mayNotSleep;

    private long timeoutNs;
    private long startNs;
    private int steps;
    private boolean announced;
    private long napNs;
    private long lastAskedNs = System.nanoTime();

    /** @param sleep how to sleep; null where nobody can */
    Waiter(@Nullable Sleep sleep, Spinning spinning) {
        this.sleep = sleep;
        this.spinning = spinning;
    }

    /**
     * A new wait; to be called after the first look, which has found nothing.
     *
     * @param newTimeoutNs how long from now on, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @param newStrategy  what to do instead of spinning, yielding and sleeping; null for those
     */
    public void begin(long newTimeoutNs, @Nullable IdleStrategy newStrategy) {
        timeoutNs = Math.max(0, newTimeoutNs); // what is left of less than nothing could overflow
        startNs = System.nanoTime();
        steps = 0;
        announced = false;
        napNs = SHORTEST_NAP_NS;
        strategy = newStrategy;
        if (newStrategy != null) {
            newStrategy.reset();
        }
    }

    /**
     * To be called after each look that found nothing: lets some time pass.
     *
     * @return false when the time was up already; else look again
     * @throws InterruptedException when the thread was interrupted, now or before; noticed at each call, at the latest after 50 ms
     */
    @SuppressWarnings("ThreadPriorityCheck") // what the scheduler makes of a yield decides nothing here
    public boolean idle() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (strategy != null) {
            return idleAsTold(strategy);
        }
        int step = steps;
        if (step < spinning.spins()) {
            steps = step + 1;
            Thread.onSpinWait();
            return step % SPINS_PER_CLOCK != 0 || leftNs() > 0;
        }
        long leftNs = leftNs();
        if (leftNs <= 0) {
            return false;
        }
        if (step - spinning.spins() < spinning.yields()) {
            steps = step + 1;
            Thread.yield();
        } else if (sleep == null || mayNotSleep || Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(Math.min(leftNs, napNs));
            napNs = Math.min(2 * napNs, LONGEST_NAP_NS);
        } else {
            park(sleep, Math.min(leftNs, SLICE_NS));
        }
        return true;
    }

    /** Whether the next look should ask the kernel who lives: not while spinning, and at every second sleep that nobody ends. */
    public boolean isTimeToAsk() {
        if (!hasLetTimePass()) {
            return false;
        }
        long now = System.nanoTime();
        if (now - lastAskedNs < ASK_EVERY_NS) {
            return false;
        }
        lastAskedNs = now;
        return true;
    }

    /** Whether it is beyond spinning. */
    boolean hasLetTimePass() {
        return strategy != null || steps - spinning.spins() >= spinning.yields();
    }

    private boolean idleAsTold(IdleStrategy told) {
        if (leftNs() <= 0) {
            return false;
        }
        told.idle();
        return true;
    }

    private void park(Sleep how, long sliceNs) {
        announced = !announced;
        if (announced) {
            how.announce();
        } else {
            mayNotSleep = !how.sleep(sliceNs);
        }
    }

    /** What to do in place of a sleep that nobody would end. */
    static boolean nap(long timeoutNs) {
        LockSupport.parkNanos(Math.min(timeoutNs, LONGEST_NAP_NS));
        return true;
    }

    private long leftNs() {
        return timeoutNs == Long.MAX_VALUE ? timeoutNs : timeoutNs - (System.nanoTime() - startNs);
    }
}

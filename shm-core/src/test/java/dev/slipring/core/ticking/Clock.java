package dev.slipring.core.ticking;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ticks before each access to the memories of one scenario. A model checker that looks at Java objects sees no access to native memory,
 * but it sees the tick, and may let another thread run before it. What a test itself does to a message in place, through a buffer, is
 * no access of the seam: the test ticks there by hand.
 */
public final class Clock {
    private final AtomicInteger ticks = new AtomicInteger();

    /** Another thread may run here. */
    public void tick() {
        ticks.incrementAndGet();
    }
}

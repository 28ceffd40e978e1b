package dev.slipring.core.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something, by asking until a deadline. */
public final class Await {
    /** Long enough for a slow machine; a test that waits this long fails. */
    public static final Duration LONG = Duration.ofSeconds(20);

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private Await() {
    }

    /** Returns when the condition holds; fails after {@link #LONG}. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG, condition);
    }

    /** Returns when the condition holds; fails after the timeout. */
    public static void until(String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + timeout + " in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}

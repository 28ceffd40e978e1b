package dev.slipring.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a verb that runs for long end in order when it is interrupted (SIGINT, SIGTERM, SIGHUP): the JVM waits until the verb has seen it,
 * written what it has to write, and closed this. The process then ends with 128 and the signal's number, as others do.
 */
final class Interruption implements AutoCloseable {
    private static final long MAX_WAIT_SECONDS = 10;
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the verb shall end. */
    boolean requested() {
        return requested;
    }

    /** Lets time pass, less of it when interrupted. */
    void nap(long ns) {
        long end = System.nanoTime() + ns;
        for (long left = ns; left > 0 && !requested; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SLICE_NS));
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // the hook runs, and has nothing to wait for any more
            }
        }
    }

    private void interrupted() {
        requested = true;
        try {
            if (!done.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("slipring: did not come to an end within " + MAX_WAIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

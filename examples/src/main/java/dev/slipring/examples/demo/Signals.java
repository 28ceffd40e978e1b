package dev.slipring.examples.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What SIGTERM and SIGINT do to a run: it is asked to end in order, and given time to say how it went; then it is ended. The exit code is
 * the signal's all the same, 143 or 130.
 */
final class Signals {
    private static final long GRACE_S = 10;

    private final CountDownLatch over = new CountDownLatch(1);

    private Signals() {
    }

    /**
     * From now on.
     *
     * @param ask  asks the run to end in order; returns at once
     * @param last ends what is left of it; nothing when nothing is
     */
    static Signals heed(Runnable ask, Runnable last) {
        var signals = new Signals();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ask.run();
            signals.awaitOver();
            last.run();
        }, "signals"));
        return signals;
    }

    /** The run has come to its end, and said everything. */
    void over() {
        over.countDown();
    }

    private void awaitOver() {
        try {
            over.await(GRACE_S, TimeUnit.SECONDS); // or not: then it is ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a hook
        }
    }
}

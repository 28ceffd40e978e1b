package dev.slipring.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process's standard input, held by the coordinator: a line on it is the signal to go, "stop" that to end in order, and its end
 * means that the coordinator is gone, however it went. Then this process leaves, and the last of them to leave removes what they
 * shared.
 */
final class Lifeline {
    static final String STOP = "stop";
    private static final int EXIT_ORPHANED = 3;
    private static final long NOTICE_MS = 200;

    private final CountDownLatch go = new CountDownLatch(1);
    private final Runnable leaving;
    private final CountDownLatch cut = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);

    private Lifeline(Runnable leaving) {
        this.leaving = leaving;
    }

    /** @param leaving what to do when the coordinator is gone, before this process ends */
    static Lifeline hold(Runnable leaving) {
        var lifeline = new Lifeline(leaving);
        Thread.ofPlatform().daemon().name("lifeline").start(lifeline::watch);
        return lifeline;
    }

    void awaitGo() throws InterruptedException {
        go.await();
    }

    /** Whether this process is to end in order. */
    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Whether it is, or will be in a moment. */
    boolean isAboutToStop() throws InterruptedException {
        return stop.await(NOTICE_MS, TimeUnit.MILLISECONDS);
    }

    /** It is. */
    void stop() {
        stop.countDown();
    }

    /**
     * Does not return when the lifeline was cut: then what looks like a failure here is only the leaving. Waits a little, as others may
     * have noticed, and left, before this process's thread that looks at it.
     */
    void requireHeld() throws InterruptedException {
        if (cut.await(NOTICE_MS, TimeUnit.MILLISECONDS)) {
            Thread.currentThread().join(); // until the halt
        }
    }

    private void watch() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(STOP)) {
                    stop();
                }
                go.countDown();
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        } finally {
            cut.countDown();
            try {
                leaving.run();
            } finally {
                Runtime.getRuntime().halt(EXIT_ORPHANED);
            }
        }
    }
}

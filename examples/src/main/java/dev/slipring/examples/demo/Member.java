package dev.slipring.examples.demo;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of a {@link Crew}, as it sees itself: what it says to the coordinator, on its standard output, a line each: {@code ready
 * <time namespace>}, {@code at <count>}, {@code used <JSON>}, {@code result <JSON>}, {@code error <text>}.
 */
public final class Member {
    private static final Duration REPORT_EVERY = Duration.ofMillis(100);

    /** How long a process goes on that was told to end by a signal. */
    private static final long GRACE_S = 5;

    private final Lifeline lifeline;
    private ProcessorTime.@Nullable Used atGo;

    private Member(Lifeline lifeline) {
        this.lifeline = lifeline;
    }

    /** What the process is for. */
    @FunctionalInterface
    public interface Work {
        /** Says {@link #ready}, then does it, then says its {@link #result}. */
        void run(Member me) throws InterruptedException;
    }

    /**
     * Does the work of this process; when it fails, says so and ends the process with exit code 1. A signal (SIGTERM, or SIGINT, which a
     * terminal sends to all of them) asks it to stop, as the coordinator may: it then has some seconds to end in order.
     *
     * @param leaving what to do when the coordinator is gone, or after those seconds, in another thread, before this process ends
     */
    public static void run(Runnable leaving, Work work) throws InterruptedException {
        var lifeline = Lifeline.hold(leaving);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            lifeline.stop();
            if (!isOver(ended)) {
                leaving.run();
            }
        }, "signals"));
        try {
            work.run(new Member(lifeline));
        } catch (PeerGone e) {
            lifeline.requireHeld();
            fail(Objects.requireNonNullElse(e.getMessage(), ""), ended);
        } catch (RuntimeException | Error e) {
            lifeline.requireHeld();
            e.printStackTrace();
            fail(e.toString(), ended);
        } finally {
            ended.countDown();
        }
    }

    private static boolean isOver(CountDownLatch ended) {
        try {
            return ended.await(GRACE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a hook
            return false;
        }
    }

    /** Whether to send no more, and leave. Who only receives goes on until the others have left. */
    public boolean isStopping() {
        return lifeline.isStopping();
    }

    /** As {@link #isStopping()}, but waits a little: what others have noticed already may still be on its way to this process. */
    public boolean isAboutToStop() throws InterruptedException {
        return lifeline.isAboutToStop();
    }

    /** Says that it could begin, and returns when all can. */
    public void ready() throws InterruptedException {
        System.out.println("ready " + TimeNamespace.current());
        lifeline.awaitGo();
        atGo = ProcessorTime.Used.now();
    }

    /** Says now and then how far it is; in a thread of its own, so that the work never waits for an output. */
    public void reportProgress(LongSupplier count) {
        Thread.ofPlatform().daemon().name("progress").start(() -> {
            long last = 0;
            try {
                while (true) {
                    Thread.sleep(REPORT_EVERY);
                    long now = count.getAsLong();
                    if (now != last) {
                        System.out.println("at " + now);
                        last = now;
                    }
                }
            } catch (InterruptedException e) {
                return; // nobody interrupts it
            }
        });
    }

    /** Says what it did, and what that took of the processors. */
    public void result(Record result) {
        var now = ProcessorTime.Used.now();
        if (atGo != null && now != null) {
            System.out.println("used " + Json.write(now.since(atGo)));
        }
        System.out.println("result " + Json.write(result));
    }

    private static void fail(String message, CountDownLatch ended) {
        System.out.println("error " + message.lines().findFirst().orElse(""));
        ended.countDown();
        System.exit(1);
    }
}

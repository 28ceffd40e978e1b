package dev.slipring.examples.demo;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * One process of a {@link Crew}, as it sees itself: what it says to the coordinator, on its standard output, a line each: {@code ready
 * <time namespace>}, {@code at <count>}, {@code result <JSON>}, {@code error <text>}.
 */
public final class Member {
    private static final Duration REPORT_EVERY = Duration.ofMillis(100);

    private final Lifeline lifeline;

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
     * Does the work of this process; when it fails, says so and ends the process with exit code 1.
     *
     * @param leaving what to do when the coordinator is gone, in another thread, before this process ends
     */
    public static void run(Runnable leaving, Work work) throws InterruptedException {
        var lifeline = Lifeline.hold(leaving);
        try {
            work.run(new Member(lifeline));
        } catch (PeerGone e) {
            lifeline.requireHeld();
            fail(Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (RuntimeException | Error e) {
            lifeline.requireHeld();
            e.printStackTrace();
            fail(e.toString());
        }
    }

    /** Says that it could begin, and returns when all can. */
    public void ready() throws InterruptedException {
        System.out.println("ready " + TimeNamespace.current());
        lifeline.awaitGo();
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

    /** Says what it did. */
    public void result(Record result) {
        System.out.println("result " + Json.write(result));
    }

    private static void fail(String message) {
        System.out.println("error " + message.lines().findFirst().orElse(""));
        System.exit(1);
    }
}

package dev.slipring.core.process;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Two processes that answer each other, each waiting now asleep and now awake, and pausing now and then, so that sleeps begin at any moment
 * of a wake-up. The sleeps are so long that a lost one is seen: {@link #sleepLong}.
 */
public final class PingPong {
    private static final long SLEEP_MILLIS = 30_000;
    private static final long LOST_NS = TimeUnit.SECONDS.toNanos(20);

    private PingPong() {
    }

    /** What one of them does. */
    public interface Side {
        /** Something for the other. */
        void send() throws InterruptedException;

        /**
         * Waits for what the other sends.
         *
         * @param asleep or else awake, yielding
         * @return false when the other has left
         */
        boolean receive(boolean asleep) throws InterruptedException;
    }

    /** To be called before anything sleeps: no sleep of this process ends by itself before anybody would call it lost. */
    public static void sleepLong() {
        System.setProperty("slipring.slice.millis", Long.toString(SLEEP_MILLIS));
    }

    /**
     * The first one's part, until so many rounds are made or the time is up. The other notices that it leaves.
     *
     * @return rounds and longest wait, for people
     */
    public static String first(Side side, long seed, int rounds, int seconds) throws InterruptedException {
        var random = new SplittableRandom(seed);
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long worstNs = 0;
        int round = 0;
        for (; round < rounds && System.nanoTime() - endNs < 0; round++) {
            pause(random);
            side.send();
            pause(random);
            long start = System.nanoTime();
            if (!side.receive(random.nextInt(3) != 0)) {
                throw new AssertionError("round " + round + ": the other one has left");
            }
            worstNs = requireNotLost(worstNs, round, start);
        }
        return "worst " + worstNs + " ns of " + round;
    }

    /** The other one's part, until the first leaves. */
    public static String second(Side side, long seed) throws InterruptedException {
        var random = new SplittableRandom(seed);
        long worstNs = 0;
        int round = 0;
        while (true) {
            pause(random);
            long start = System.nanoTime();
            if (!side.receive(random.nextInt(3) != 0)) {
                return "worst " + worstNs + " ns of " + round;
            }
            worstNs = requireNotLost(worstNs, round++, start);
            side.send();
        }
    }

    private static long requireNotLost(long worstNs, int round, long startNs) {
        long waitedNs = System.nanoTime() - startNs;
        if (waitedNs > LOST_NS) {
            throw new AssertionError("the wake-up of round " + round + " was lost: waited " + waitedNs + " ns");
        }
        return round == 0 ? 0 : Math.max(worstNs, waitedNs); // the first wait is for the other process to start
    }

    /** None half of the time, else up to about 2 µs. */
    private static void pause(SplittableRandom random) {
        for (int left = Math.max(0, random.nextInt(-40, 40)); left > 0; left--) {
            Thread.onSpinWait();
        }
    }
}

package dev.slipring.core.process;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Randomness that can be had again: {@code -Dslipring.seed=…} with the printed number. */
public final class Seed {
    private Seed() {
    }

    /** A generator for one test, whose seed is printed. */
    public static SplittableRandom random(String test) {
        long seed = Long.getLong("slipring.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(test + ": replay with -Dslipring.seed=" + seed);
        return new SplittableRandom(seed);
    }
}

package dev.slipring.codec;

import java.util.Random;

/** Seeds that are printed and can be replayed: {@code -Dslipring.seed=N}. */
final class Seeds {
    private Seeds() {
    }

    /** A random source whose seed is in the test's output. */
    static Random random(String test) {
        long seed = Long.getLong("slipring.seed", System.nanoTime());
        System.out.println(test + ": -Dslipring.seed=" + seed);
        return new Random(seed);
    }
}

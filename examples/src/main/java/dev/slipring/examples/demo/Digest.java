package dev.slipring.examples.demo;

/**
 * A 64-bit fingerprint of a sequence of numbers, so that two processes can compare every message without keeping any. Against mistakes,
 * not against malice.
 */
public final class Digest {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L; // 2^64 / golden ratio, odd
    private static final int SHIFT = 29;

    private long value;

    /** Takes in the next number. */
    public Digest add(long number) {
        value = (value ^ number) * MULTIPLIER;
        value ^= value >>> SHIFT;
        return this;
    }

    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}

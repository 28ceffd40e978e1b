package dev.slipring.perf;

/**
 * How much of a message its receiver reads, and its sender writes.
 *
 * <p>A ring that lets its consumer leave the data alone looks better when nobody reads it; {@link #WHOLE} is what a decoder does.
 */
enum Reading {
    /** The first word, which is all that was written: what passing a message costs, whatever stands in it. */
    PASSING,
    /** The first word of a message that was written whole. */
    FIRST,
    /** Every word. */
    WHOLE
}

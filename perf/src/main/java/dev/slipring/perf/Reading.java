package dev.slipring.perf;

/**
 * How much of a message its receiver reads.
 *
 * <p>A ring that lets its consumer leave the data alone looks better when nobody reads it; {@link #WHOLE} is what a decoder does.
 */
enum Reading {
    /** The first word. */
    FIRST,
    /** Every word. */
    WHOLE
}

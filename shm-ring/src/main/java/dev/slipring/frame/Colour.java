package dev.slipring.frame;

/**
 * What the numbers of a frame mean as light: the code points of ITU-T H.273, as FFmpeg's {@code color_primaries}, {@code color_trc},
 * {@code colorspace} and {@code color_range} have them.
 *
 * @param primaries 0…255; 2 is "unspecified"
 * @param transfer  0…255; 2 is "unspecified"
 * @param matrix    0…255; 2 is "unspecified"
 * @param fullRange whether 0 is black and the largest number white; else video levels, 16…235 in 8 bits
 */
public record Colour(int primaries, int transfer, int matrix, boolean fullRange) {
    /** Nobody said. */
    public static final Colour UNSPECIFIED = new Colour(2, 2, 2, false);
    /** High definition video. */
    public static final Colour BT709 = new Colour(1, 1, 1, false);
    /** Standard definition video, 525 lines. */
    public static final Colour BT601 = new Colour(6, 6, 6, false);
    /** Computer graphics. */
    public static final Colour SRGB = new Colour(1, 13, 0, true);

    private static final int MAX = 255;

    /** Checks the ranges. */
    public Colour {
        if ((primaries | transfer | matrix) < 0 || primaries > MAX || transfer > MAX || matrix > MAX) {
            throw new IllegalArgumentException("colour primaries " + primaries + ", transfer " + transfer + ", matrix " + matrix
                + " are not all in 0…" + MAX);
        }
    }
}

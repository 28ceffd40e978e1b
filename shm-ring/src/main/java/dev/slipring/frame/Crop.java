package dev.slipring.frame;

/**
 * The part of a frame that is to be shown, in pixels. Codecs work on even sizes, or multiples of 16, and crop.
 *
 * @param x      0 or more
 * @param y      0 or more
 * @param width  1 or more
 * @param height 1 or more
 */
public record Crop(int x, int y, int width, int height) {
    /** Checks the ranges; that it lies within the frame is the format's to check. */
    public Crop {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("crop " + width + "x" + height + "+" + x + "+" + y + " is empty or begins outside");
        }
    }

    boolean isWithin(int frameWidth, int frameHeight) {
        return (long) x + width <= frameWidth && (long) y + height <= frameHeight;
    }
}

package dev.slipring.frame;

import java.util.List;
import java.util.Objects;

/**
 * What stands in a frame and where. A stream may change it from any frame to the next; each frame carries its own.
 *
 * @param fourCc what it is: one of {@link PixelFormat}, or any other four-character code
 * @param width  pixels, 1…32768
 * @param height pixels, 1…32768
 * @param planes 1 to 4, each within {@code bytes}; compressed formats have one, of one row
 * @param crop   what is to be shown; within the size
 * @param colour what the numbers mean
 * @param bytes  length of the frame, 1 or more; of compressed formats the most that it can be
 */
public record FrameFormat(int fourCc, int width, int height, List<Plane> planes, Crop crop, Colour colour, int bytes) {
    /** Most planes. */
    public static final int MAX_PLANES = 4;

    private static final int MAX_SIZE = 32_768;

    /** Checks all of it. */
    public FrameFormat {
        planes = List.copyOf(planes);
        Objects.requireNonNull(colour, "colour");
        if (!FourCc.isPrintable(fourCc)) {
            throw new IllegalArgumentException("FourCC " + FourCc.toString(fourCc) + " is not four printable ASCII characters");
        }
        requireSize(width, height);
        if (planes.isEmpty() || planes.size() > MAX_PLANES) {
            throw new IllegalArgumentException(planes.size() + " planes, expected 1…" + MAX_PLANES);
        }
        for (var plane : planes) {
            if (plane.end() > bytes) {
                throw new IllegalArgumentException(plane + " ends at " + plane.end() + ", behind the frame's " + bytes + " bytes");
            }
        }
        if (!crop.isWithin(width, height)) {
            throw new IllegalArgumentException(crop + " is not within " + width + "x" + height);
        }
    }

    /** A compressed format, such as MJPG. */
    public static FrameFormat compressed(String fourCc, int width, int height, int maxBytes) {
        return new FrameFormat(FourCc.of(fourCc), width, height, List.of(new Plane(0, maxBytes, 1, maxBytes)),
            new Crop(0, 0, width, height), Colour.UNSPECIFIED, maxBytes);
    }

    static void requireSize(int width, int height) {
        if (width < 1 || width > MAX_SIZE || height < 1 || height > MAX_SIZE) {
            throw new IllegalArgumentException("size " + width + "x" + height + " is outside 1x1…" + MAX_SIZE + "x" + MAX_SIZE);
        }
    }

    /** The same with another crop. */
    public FrameFormat crop(Crop other) {
        return new FrameFormat(fourCc, width, height, planes, other, colour, bytes);
    }

    /** The same with other colour tags. */
    public FrameFormat colour(Colour other) {
        return new FrameFormat(fourCc, width, height, planes, crop, other, bytes);
    }

    /**
     * What this release knows of its FourCC.
     *
     * @throws IllegalArgumentException when that is nothing
     */
    public PixelFormat pixelFormat() {
        return PixelFormat.of(fourCc);
    }

    /**
     * For consumers that can do with one format only.
     *
     * @throws IllegalArgumentException when it is another
     */
    public FrameFormat require(PixelFormat expected) {
        if (fourCc != expected.fourCc()) {
            throw new IllegalArgumentException("the frame is " + this + ", expected " + FourCc.toString(expected.fourCc())
                + ": convert it, or ask its producer for another format");
        }
        return this;
    }

    @Override
    public String toString() {
        return FourCc.toString(fourCc) + " " + width + "x" + height + " (" + bytes + " bytes)";
    }
}

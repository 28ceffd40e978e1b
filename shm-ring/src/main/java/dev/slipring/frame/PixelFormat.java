package dev.slipring.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pixel formats whose planes this release can lay out. Others may travel too: a {@link FrameFormat} says all about its planes. */
public enum PixelFormat {
    /** 4:2:0, a plane of luma and one of both chromas in turn; FFmpeg nv12. */
    NV12("NV12", new Shape(1, 1, 1), new Shape(2, 2, 2)),
    /** 4:2:0, three planes; FFmpeg yuv420p. */
    I420("I420", new Shape(1, 1, 1), new Shape(2, 2, 1), new Shape(2, 2, 1)),
    /** As NV12 with 16 bits each, of which the upper 10 count; FFmpeg p010le. */
    P010("P010", new Shape(1, 1, 2), new Shape(2, 2, 4)),
    /** 4:2:2, one plane; FFmpeg yuyv422. */
    YUYV("YUYV", new Shape(2, 1, 4)),
    /** One plane of red, green, blue; FFmpeg rgb24. */
    RGB24("RGB3", new Shape(1, 1, 3)),
    /** One plane of blue, green, red; FFmpeg bgr24, {@code BufferedImage.TYPE_3BYTE_BGR}. */
    BGR24("BGR3", new Shape(1, 1, 3)),
    /** One plane of blue, green, red, alpha; FFmpeg bgra. */
    BGRA("BGRA", new Shape(1, 1, 4)),
    /** Luma alone; FFmpeg gray. */
    GREY("GREY", new Shape(1, 1, 1));

    private final int fourCc;
    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Shape> shapes;

    /** One plane: how many columns and rows of pixels share a sample, and its bytes. */
    private record Shape(int columns, int rows, int bytes) {
    }

    PixelFormat(String fourCc, Shape... shapes) {
        this.fourCc = FourCc.of(fourCc);
        this.shapes = List.of(shapes);
    }

    /** Its code. */
    public int fourCc() {
        return fourCc;
    }

    /**
     * The format of this code.
     *
     * @throws IllegalArgumentException when this release knows none
     */
    public static PixelFormat of(int fourCc) {
        return Arrays.stream(values()).filter(each -> each.fourCc == fourCc).findFirst().orElseThrow(() ->
            new IllegalArgumentException("FourCC " + FourCc.toString(fourCc) + " is unknown here; known are "
                + Arrays.stream(values()).map(each -> FourCc.toString(each.fourCc)).toList()
                + ": describe its planes in a FrameFormat, or convert it"));
    }

    /** A frame of this size without any padding, as {@code ffmpeg -f rawvideo} writes it. */
    public FrameFormat size(int width, int height) {
        return size(width, height, 1);
    }

    /**
     * A frame of this size.
     *
     * @param width     pixels; even where columns share a sample
     * @param height    pixels; even where rows share a sample
     * @param alignment what every stride and every plane's offset is a multiple of: a power of two, 1…4096
     * @throws IllegalArgumentException for a size that this format cannot have
     */
    public FrameFormat size(int width, int height, int alignment) {
        if (alignment < 1 || alignment > 4096 || Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment=" + alignment + " is not a power of two in 1…4096");
        }
        FrameFormat.requireSize(width, height);
        var planes = new ArrayList<Plane>();
        long end = 0;
        for (var shape : shapes) {
            if (width % shape.columns != 0 || height % shape.rows != 0) {
                throw new IllegalArgumentException(width + "x" + height + " is no size of " + this + ": expected multiples of "
                    + shape.columns + "x" + shape.rows + "; take the next larger and crop");
            }
            int rowBytes = width / shape.columns * shape.bytes;
            long offset = align(end, alignment); // of 2 GiB at most, which as an int is no offset
            planes.add(new Plane((int) offset, (int) align(rowBytes, alignment), height / shape.rows, rowBytes));
            end = planes.getLast().end();
        }
        return new FrameFormat(fourCc, width, height, planes, new Crop(0, 0, width, height), Colour.UNSPECIFIED, (int) end);
    }

    private static long align(long value, int alignment) {
        return (value + alignment - 1) & -alignment;
    }
}

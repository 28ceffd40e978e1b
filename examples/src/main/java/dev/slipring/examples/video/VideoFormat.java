package dev.slipring.examples.video;

import dev.slipring.frame.Colour;
import dev.slipring.frame.FrameFormat;
import dev.slipring.frame.PixelFormat;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** The formats that the demo draws, looks at and writes down: BT.709, video levels; of red, green and blue, full range. */
public enum VideoFormat {
    /** A plane of luma, one of both chromas in turn. */
    NV12(PixelFormat.NV12, "nv12", 1, 2),
    /** Three planes. */
    I420(PixelFormat.I420, "yuv420p", 1, 1, 1),
    /** One plane. */
    RGB24(PixelFormat.RGB24, "rgb24", 3);

    static final int BLACK = 16;
    static final int WHITE = 235;
    static final int NEUTRAL = 128;

    private static final int MASK = 0xff;
    /** Red, green and blue of luma, blue-yellow and red-yellow, in 1/256. */
    private static final int LUMA = 298;
    private static final int V_RED = 459;
    private static final int U_GREEN = 55;
    private static final int V_GREEN = 136;
    private static final int U_BLUE = 541;

    private final PixelFormat pixels;
    private final String ffmpegName;
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final int[] sampleBytes;

    VideoFormat(PixelFormat pixels, String ffmpegName, int... sampleBytes) {
        this.pixels = pixels;
        this.ffmpegName = ffmpegName;
        this.sampleBytes = sampleBytes;
    }

    /**
     * The format of this name, in any case.
     *
     * @throws IllegalArgumentException when there is none
     */
    static VideoFormat named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equalsIgnoreCase(name)).findFirst().orElseThrow(() ->
            new IllegalArgumentException("format=" + name + " is none of nv12, i420 and rgb24"));
    }

    static VideoFormat of(FrameFormat format) {
        return Arrays.stream(values()).filter(each -> each.pixels.fourCc() == format.fourCc()).findFirst().orElseThrow(() ->
            new IllegalArgumentException(format + " is none of " + Arrays.toString(values())));
    }

    /** What {@code ffmpeg -pix_fmt} calls it. */
    String ffmpegName() {
        return ffmpegName;
    }

    /** A frame of this size, with room for a {@link Stamp} behind the pixels. */
    FrameFormat size(int width, int height) {
        var plain = pixels.size(width, height);
        return new FrameFormat(plain.fourCc(), width, height, plain.planes(), plain.crop(), this == RGB24 ? Colour.SRGB : Colour.BT709,
            Stamp.offset(plain) + Stamp.LENGTH);
    }

    /** Pixels of a row, and rows, that share a sample of this plane. */
    int divisor(int plane) {
        return plane == 0 ? 1 : 2;
    }

    /** Bytes of a sample of this plane. */
    int sampleBytes(int plane) {
        return sampleBytes[plane];
    }

    /** Puts the sample that this plane has of a colour. */
    void put(int plane, int y, int u, int v, byte[] to, int at) {
        switch (this) {
            case RGB24 -> {
                to[at] = (byte) red(y, v);
                to[at + 1] = (byte) green(y, u, v);
                to[at + 2] = (byte) blue(y, u);
            }
            case NV12 -> {
                to[at] = (byte) (plane == 0 ? y : u);
                if (plane == 1) {
                    to[at + 1] = (byte) v;
                }
            }
            default -> to[at] = (byte) (plane == 0 ? y : plane == 1 ? u : v);
        }
    }

    /** The luma of a pixel, at video levels. */
    int luma(DirectBuffer frame, FrameFormat format, int x, int y) {
        var plane = format.planes().getFirst();
        int at = plane.offset() + y * plane.stride() + x * sampleBytes[0];
        return this == RGB24 ? luma(frame.getByte(at) & MASK, frame.getByte(at + 1) & MASK, frame.getByte(at + 2) & MASK)
            : frame.getByte(at) & MASK;
    }

    /** Puts red, green and blue of a pixel. */
    void rgb(DirectBuffer frame, FrameFormat format, int x, int y, byte[] to, int at) {
        if (this == RGB24) {
            var plane = format.planes().getFirst();
            frame.getBytes(plane.offset() + y * plane.stride() + x * sampleBytes[0], to, at, sampleBytes[0]);
            return;
        }
        int luma = luma(frame, format, x, y);
        var chroma = format.planes().get(1);
        int row = y / 2 * chroma.stride() + x / 2 * sampleBytes[1];
        int u = frame.getByte(chroma.offset() + row) & MASK;
        int v = frame.getByte(this == NV12 ? chroma.offset() + row + 1 : format.planes().get(2).offset() + row) & MASK;
        to[at] = (byte) red(luma, v);
        to[at + 1] = (byte) green(luma, u, v);
        to[at + 2] = (byte) blue(luma, u);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static int luma(int red, int green, int blue) {
        return BLACK + ((47 * red + 157 * green + 16 * blue) >> Byte.SIZE);
    }

    private static int red(int y, int v) {
        return byteOf(LUMA * (y - BLACK) + V_RED * (v - NEUTRAL));
    }

    private static int green(int y, int u, int v) {
        return byteOf(LUMA * (y - BLACK) - U_GREEN * (u - NEUTRAL) - V_GREEN * (v - NEUTRAL));
    }

    private static int blue(int y, int u) {
        return byteOf(LUMA * (y - BLACK) + U_BLUE * (u - NEUTRAL));
    }

    private static int byteOf(int of256) {
        return Math.clamp(of256 >> Byte.SIZE, 0, MASK);
    }
}

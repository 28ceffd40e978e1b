package dev.slipring.examples.video;

import dev.slipring.frame.FrameFormat;
import org.agrona.MutableDirectBuffer;

/**
 * A moving picture: stripes of all hues that run down to the left, a white square that goes from side to side, and a {@link BarCode} on
 * top. Drawn by copying slices of rows that were computed before, as what is to be shown is not the drawing.
 */
final class TestPattern implements Source {
    private static final int PERIOD = 512;
    private static final int SPEED = 6;
    private static final int CHROMA = 90;
    private static final int DARKEST = 40;
    private static final int PART_OF_SIZE = 6;

    private final FrameFormat format;
    private final BarCode barCode;
    private final byte[][] stripes;
    private final byte[][] square;

    TestPattern(FrameFormat format) {
        this.format = format;
        barCode = new BarCode(format);
        var video = VideoFormat.of(format);
        int planes = format.planes().size();
        stripes = new byte[planes][];
        square = new byte[planes][];
        for (int plane = 0; plane < planes; plane++) {
            int bytes = video.sampleBytes(plane);
            int samples = format.planes().get(plane).rowBytes() / bytes;
            stripes[plane] = new byte[(samples + PERIOD) * bytes];
            square[plane] = new byte[side() / video.divisor(plane) * bytes];
            for (int i = 0; i < samples + PERIOD; i++) {
                putStripe(video, plane, i * video.divisor(plane), stripes[plane], i * bytes);
            }
            for (int at = 0; at < square[plane].length; at += bytes) {
                video.put(plane, VideoFormat.WHITE, VideoFormat.NEUTRAL, VideoFormat.NEUTRAL, square[plane], at);
            }
        }
    }

    private static void putStripe(VideoFormat video, int plane, int x, byte[] to, int at) {
        int phase = x % PERIOD;
        double angle = 2 * Math.PI * phase / PERIOD;
        int rise = Math.abs(phase - PERIOD / 2) * (VideoFormat.WHITE - DARKEST) / (PERIOD / 2);
        video.put(plane, DARKEST + rise, VideoFormat.NEUTRAL + (int) (CHROMA * Math.cos(angle)),
            VideoFormat.NEUTRAL + (int) (CHROMA * Math.sin(angle)), to, at);
    }

    @Override
    public boolean fill(MutableDirectBuffer frame, long number, long capturedNs) {
        var video = VideoFormat.of(format);
        int way = format.width() - side();
        int x = (int) Math.abs(number * SPEED % (2L * way) - way) & -2;
        int y = format.height() / 2 & -2;
        for (int plane = 0; plane < stripes.length; plane++) {
            int divisor = video.divisor(plane);
            drawStripes(frame, plane, number, divisor);
            var its = format.planes().get(plane);
            int left = x / divisor * video.sampleBytes(plane);
            for (int row = y / divisor; row < (y + side()) / divisor; row++) {
                frame.putBytes(its.offset() + row * its.stride() + left, square[plane]);
            }
        }
        barCode.draw(frame, (int) number, BarCode.milliseconds(capturedNs));
        return true;
    }

    private void drawStripes(MutableDirectBuffer frame, int plane, long number, int divisor) {
        var its = format.planes().get(plane);
        int bytes = VideoFormat.of(format).sampleBytes(plane);
        for (int row = barCode.rows() / divisor; row < its.rows(); row++) {
            int shift = (int) ((row * (long) divisor + number * SPEED) % PERIOD) / divisor;
            frame.putBytes(its.offset() + row * its.stride(), stripes[plane], shift * bytes, its.rowBytes());
        }
    }

    @Override
    public boolean hasBarCode() {
        return true;
    }

    @Override
    public void close() {
        // nothing to do
    }

    private int side() {
        return Math.min(format.width(), format.height()) / PART_OF_SIZE & -2;
    }
}

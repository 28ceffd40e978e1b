package dev.slipring.examples.video;

import dev.slipring.frame.FrameFormat;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Two numbers drawn into the top of a picture, for eyes, screenshots and recordings: above the frame's number, below its capture time in
 * milliseconds; 32 bits each, the highest first, white for 1, between two white blocks.
 */
final class BarCode {
    /** The least size of a picture that has room for one. */
    static final int MIN_WIDTH = 68;
    /** The least size of a picture that has room for one. */
    static final int MIN_HEIGHT = 40;

    private static final int BLOCKS = 34;
    private static final int PART_OF_HEIGHT = 20;
    private static final int THRESHOLD = 128;
    private static final long NS_PER_MS = 1_000_000;

    private final VideoFormat video;
    private final FrameFormat format;
    private final byte[] row;

    BarCode(FrameFormat format) {
        video = VideoFormat.of(format);
        this.format = format;
        row = new byte[format.planes().getFirst().rowBytes()];
    }

    /** What is drawn of a time. */
    static int milliseconds(long capturedNs) {
        return (int) (capturedNs / NS_PER_MS);
    }

    /** How many rows of pixels from the top are its. */
    int rows() {
        return 2 * bandRows();
    }

    void draw(MutableDirectBuffer frame, int number, int milliseconds) {
        drawBand(frame, 0, number);
        drawBand(frame, bandRows(), milliseconds);
    }

    int number(DirectBuffer frame) {
        return read(frame, 0);
    }

    int milliseconds(DirectBuffer frame) {
        return read(frame, bandRows());
    }

    private void drawBand(MutableDirectBuffer frame, int fromRow, int value) {
        for (int plane = 0; plane < format.planes().size(); plane++) {
            var its = format.planes().get(plane);
            int bytes = video.sampleBytes(plane);
            int divisor = video.divisor(plane);
            for (int x = 0; x < its.rowBytes() / bytes; x++) {
                boolean white = isWhite(x * divisor / blockWidth(), value);
                video.put(plane, white ? VideoFormat.WHITE : VideoFormat.BLACK, VideoFormat.NEUTRAL, VideoFormat.NEUTRAL, row, x * bytes);
            }
            for (int y = fromRow / divisor; y < (fromRow + bandRows()) / divisor; y++) {
                frame.putBytes(its.offset() + y * its.stride(), row, 0, its.rowBytes());
            }
        }
    }

    private static boolean isWhite(int block, int value) {
        return block == 0 || block == BLOCKS - 1 || (block < BLOCKS && (value >>> (Integer.SIZE - block) & 1) != 0);
    }

    private int read(DirectBuffer frame, int fromRow) {
        int value = 0;
        for (int block = 1; block < BLOCKS - 1; block++) {
            int x = block * blockWidth() + blockWidth() / 2;
            int bit = video.luma(frame, format, x, fromRow + bandRows() / 2) >= THRESHOLD ? 1 : 0;
            value = value << 1 | bit;
        }
        return value;
    }

    private int blockWidth() {
        return format.width() / BLOCKS & -2;
    }

    private int bandRows() {
        return format.height() / PART_OF_HEIGHT & -2;
    }
}

package dev.slipring.examples.video;

import dev.slipring.frame.FrameFormat;
import dev.slipring.frame.Plane;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Writes uncompressed video that FFmpeg, mpv and VLC read: a line of text, then for each frame the word FRAME and its three planes. */
final class Y4m implements Closeable {
    private static final byte[] FRAME = "FRAME\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 1 << 20;

    private final OutputStream out;
    private final byte[] row;

    Y4m(Path file, FrameFormat format, int fps) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        row = new byte[format.width()];
        out.write(header(format, fps));
    }

    /** How many bytes a file of so many frames has. */
    static long length(FrameFormat format, int fps, long frames) {
        return header(format, fps).length + frames * (FRAME.length + format.planes().stream().mapToLong(Y4m::pixels).sum());
    }

    /** Writes a frame; chroma samples that lie in turn are put into two planes, which loses nothing. */
    void write(DirectBuffer frame, FrameFormat format) throws IOException {
        out.write(FRAME);
        boolean inTurn = VideoFormat.of(format) == VideoFormat.NV12;
        for (int plane = 0; plane < format.planes().size(); plane++) {
            var its = format.planes().get(plane);
            if (plane == 1 && inTurn) {
                write(frame, its, 0, 2);
                write(frame, its, 1, 2);
            } else {
                write(frame, its, 0, 1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void write(DirectBuffer frame, Plane plane, int from, int step) throws IOException {
        int samples = plane.rowBytes() / step;
        for (int y = 0; y < plane.rows(); y++) {
            int at = plane.offset() + y * plane.stride();
            frame.getBytes(at, row, 0, plane.rowBytes());
            for (int i = 0; i < samples && step > 1; i++) {
                row[i] = row[from + i * step];
            }
            out.write(row, 0, samples);
        }
    }

    private static long pixels(Plane plane) {
        return (long) plane.rows() * plane.rowBytes();
    }

    /** Interlacing none, square pixels, chroma between the pixels. */
    private static byte[] header(FrameFormat format, int fps) {
        return ("YUV4MPEG2 W" + format.width() + " H" + format.height() + " F" + fps + ":1 Ip A1:1 C420jpeg XCOLORRANGE=LIMITED\n")
            .getBytes(StandardCharsets.US_ASCII);
    }
}

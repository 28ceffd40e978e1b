package dev.slipring.examples.video;

import dev.slipring.frame.FrameFormat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.agrona.DirectBuffer;

/** Writes a frame as PNG (ISO 15948): 8 bits each of red, green and blue; row by row, so that no picture of its own is made. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] RGB_8_BITS = {8, 2, 0, 0, 0};
    private static final int BYTES = 3;

    private Png() {
    }

    static void write(DirectBuffer frame, FrameFormat format, OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        out.write(SIGNATURE);
        var header = new ByteArrayOutputStream();
        var fields = new DataOutputStream(header);
        fields.writeInt(format.width());
        fields.writeInt(format.height());
        fields.write(RGB_8_BITS);
        writeChunk(out, "IHDR", header.toByteArray());
        writeChunk(out, "IDAT", pixels(frame, format));
        writeChunk(out, "IEND", new byte[0]);
        out.flush();
    }

    private static byte[] pixels(DirectBuffer frame, FrameFormat format) throws IOException {
        var video = VideoFormat.of(format);
        var compressed = new ByteArrayOutputStream();
        var row = new byte[1 + format.width() * BYTES]; // begins with a 0: no filter
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var out = new DeflaterOutputStream(compressed, deflater)) {
            for (int y = 0; y < format.height(); y++) {
                for (int x = 0; x < format.width(); x++) {
                    video.rgb(frame, format, x, y, row, 1 + x * BYTES);
                }
                out.write(row);
            }
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] content) throws IOException {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}

package dev.slipring.examples.video;

import dev.slipring.frame.Plane;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** CRC-32C of what stands in a frame. Reads it through a small array, so that it makes no buffer for each plane. For one thread. */
final class Checksum {
    private static final int CHUNK = 16 * 1024;

    private final CRC32C crc = new CRC32C();
    private final byte[] chunk = new byte[CHUNK];

    int of(DirectBuffer frame, Plane plane) {
        return of(frame, plane.offset(), plane.length());
    }

    int of(DirectBuffer frame, int from, int length) {
        crc.reset();
        for (int at = 0; at < length; at += CHUNK) {
            int bytes = Math.min(CHUNK, length - at);
            frame.getBytes(from + at, chunk, 0, bytes);
            crc.update(chunk, 0, bytes);
        }
        return (int) crc.getValue();
    }
}

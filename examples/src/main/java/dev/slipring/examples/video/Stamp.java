package dev.slipring.examples.video;

import dev.slipring.frame.FrameFormat;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the camera writes behind a frame's pixels, as image sensors do with their embedded data: which frame it is, the CRC of each plane,
 * and where in which file it was written. It travels in the frame's own bytes, so it is torn, late or elsewhere when they are.
 *
 * <pre>
 *      +0   number of the frame
 *      +8   capture time, ns
 *     +16   inode of the file, and from where in it
 *     +32   CRC-32C of each plane (4 ints; 0 where there is none)
 *     +48   1 when a {@link BarCode} is drawn in it, else 0 (int)
 *     +52   CRC-32C of the 52 bytes before (int)
 *     +56
 * </pre>
 *
 * @param number     of the frame
 * @param capturedNs when it was captured
 * @param place      where it was written
 * @param barCode    whether one is drawn in it
 */
record Stamp(long number, long capturedNs, Place place, boolean barCode) {
    static final int LENGTH = 56;

    private static final int CAPTURED = 8;
    private static final int INODE = 16;
    private static final int OFFSET = 24;
    private static final int CHECKS = 32;
    private static final int BAR_CODE = 48;
    private static final int OWN_CHECK = 52;

    /** Where it begins: behind the last plane, at a multiple of 8. */
    static int offset(FrameFormat format) {
        return (format.planes().getLast().end() + Long.BYTES - 1) & -Long.BYTES;
    }

    /** Writes it behind the pixels, which are not written to from then on. */
    void write(MutableDirectBuffer frame, FrameFormat format, Checksum checksum) {
        int at = offset(format);
        frame.putLong(at, number);
        frame.putLong(at + CAPTURED, capturedNs);
        frame.putLong(at + INODE, place.inode());
        frame.putLong(at + OFFSET, place.offset());
        for (int i = 0; i < FrameFormat.MAX_PLANES; i++) {
            frame.putInt(at + CHECKS + i * Integer.BYTES, i < format.planes().size() ? checksum.of(frame, format.planes().get(i)) : 0);
        }
        frame.putInt(at + BAR_CODE, barCode ? 1 : 0);
        frame.putInt(at + OWN_CHECK, checksum.of(frame, at, OWN_CHECK));
    }

    /** The one that stands in a frame, right or wrong. */
    static Stamp read(DirectBuffer frame, FrameFormat format) {
        int at = offset(format);
        return new Stamp(frame.getLong(at), frame.getLong(at + CAPTURED), new Place(frame.getLong(at + INODE), frame.getLong(at + OFFSET)),
            frame.getInt(at + BAR_CODE) != 0);
    }

    /** Whether pixels and stamp are as they were written. */
    static boolean isIntact(DirectBuffer frame, FrameFormat format, Checksum checksum) {
        int at = offset(format);
        if (frame.getInt(at + OWN_CHECK) != checksum.of(frame, at, OWN_CHECK)) {
            return false;
        }
        for (int i = 0; i < format.planes().size(); i++) {
            if (frame.getInt(at + CHECKS + i * Integer.BYTES) != checksum.of(frame, format.planes().get(i))) {
                return false;
            }
        }
        return true;
    }
}

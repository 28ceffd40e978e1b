package dev.slipring.frame;

import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;
import java.util.ArrayList;

/**
 * Layout of what is said of a frame. Written by the producer while the frame is being written, read by whoever has leased it.
 *
 * <pre>
 *      +0   sequence
 *      +8   capture time, ns, of whatever clock the producer uses
 *     +16   publish time, ns, CLOCK_MONOTONIC
 *     +24   bytes (int)     format epoch (int)
 *     +32   FourCC (int)    width (int)        height (int)    planes (int)
 *     +48   crop: x, y, width, height (int each)
 *     +64   colour: primaries, transfer, matrix, full range 0|1 (int each)
 *     +80   most bytes (int)
 *    +128   4 planes: offset, stride, rows, row bytes (int each)
 *    +192   zeros
 *    +256
 * </pre>
 */
final class FrameDescriptor {
    static final int LENGTH = 256;

    static final int SEQUENCE = 0;
    static final int CAPTURED = 8;
    static final int PUBLISHED = 16;
    static final int BYTES = 24;
    static final int EPOCH = 28;
    private static final int FOUR_CC = 32;
    private static final int WIDTH = 36;
    private static final int HEIGHT = 40;
    private static final int PLANES = 44;
    private static final int CROP = 48;
    private static final int COLOUR = 64;
    private static final int MOST_BYTES = 80;
    private static final int PLANE = 128;
    private static final int PLANE_LENGTH = 16;

    private FrameDescriptor() {
    }

    static int offset(int frame) {
        return frame * LENGTH;
    }

    static void write(Memory descriptors, int at, FrameFormat format) {
        descriptors.putInt(at + FOUR_CC, format.fourCc());
        descriptors.putInt(at + WIDTH, format.width());
        descriptors.putInt(at + HEIGHT, format.height());
        descriptors.putInt(at + PLANES, format.planes().size());
        putFour(descriptors, at + CROP, format.crop().x(), format.crop().y(), format.crop().width(), format.crop().height());
        putFour(descriptors, at + COLOUR, format.colour().primaries(), format.colour().transfer(), format.colour().matrix(),
            format.colour().fullRange() ? 1 : 0);
        descriptors.putInt(at + MOST_BYTES, format.bytes());
        for (int i = 0; i < format.planes().size(); i++) {
            var plane = format.planes().get(i);
            putFour(descriptors, at + PLANE + i * PLANE_LENGTH, plane.offset(), plane.stride(), plane.rows(), plane.rowBytes());
        }
    }

    /**
     * The format that stands there.
     *
     * @param frameBytes what a frame of the pool holds
     * @throws IllegalArgumentException when it is none, or needs more than that
     */
    static FrameFormat read(ReadMemory descriptors, int at, int frameBytes) {
        int count = descriptors.getInt(at + PLANES);
        if (count < 1 || count > FrameFormat.MAX_PLANES) {
            throw new IllegalArgumentException(count + " planes, expected 1…" + FrameFormat.MAX_PLANES);
        }
        var planes = new ArrayList<Plane>();
        for (int i = 0; i < count; i++) {
            int plane = at + PLANE + i * PLANE_LENGTH;
            planes.add(new Plane(descriptors.getInt(plane), descriptors.getInt(plane + 4), descriptors.getInt(plane + 8),
                descriptors.getInt(plane + 12)));
        }
        int bytes = descriptors.getInt(at + MOST_BYTES);
        if (bytes > frameBytes) {
            throw new IllegalArgumentException(bytes + " bytes in a frame of " + frameBytes);
        }
        int crop = at + CROP;
        int colour = at + COLOUR;
        return new FrameFormat(descriptors.getInt(at + FOUR_CC), descriptors.getInt(at + WIDTH), descriptors.getInt(at + HEIGHT), planes,
            new Crop(descriptors.getInt(crop), descriptors.getInt(crop + 4), descriptors.getInt(crop + 8), descriptors.getInt(crop + 12)),
            new Colour(descriptors.getInt(colour), descriptors.getInt(colour + 4), descriptors.getInt(colour + 8),
                descriptors.getInt(colour + 12) != 0), bytes);
    }

    private static void putFour(Memory memory, int at, int first, int second, int third, int fourth) {
        memory.putInt(at, first);
        memory.putInt(at + 4, second);
        memory.putInt(at + 8, third);
        memory.putInt(at + 12, fourth);
    }
}

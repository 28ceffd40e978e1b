package dev.slipring.codec;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory full of one byte, with a record somewhere in it. A reader who sees the same in two such memories saw the record alone. */
final class Neighbours {
    /** Where the record begins. */
    static final int OFFSET = 4096;

    private static final int CAPACITY = 256 * 1024;

    private final UnsafeBuffer buffer;
    private final byte filling;

    private Neighbours(UnsafeBuffer buffer, byte filling) {
        this.buffer = buffer;
        this.filling = filling;
    }

    static Neighbours onHeap() {
        return new Neighbours(new UnsafeBuffer(new byte[CAPACITY]), (byte) 0x5A);
    }

    static Neighbours offHeap() {
        return new Neighbours(new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY)), (byte) 0x01);
    }

    UnsafeBuffer around(byte[] record, int length) {
        buffer.setMemory(0, CAPACITY, filling);
        buffer.putBytes(OFFSET, record, 0, length);
        return buffer;
    }
}

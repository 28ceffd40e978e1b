package dev.slipring.core;

import java.nio.ByteBuffer;

/** The production memory over bytes of this process alone, for tests that need no file. */
public final class HeapMemory {
    private HeapMemory() {
    }

    /** Zeroed, aligned to 8. */
    public static Memory ofCapacity(int bytes) {
        return over(ByteBuffer.allocateDirect(bytes), 0, bytes);
    }

    /** A part of a direct buffer, as it is. */
    public static Memory over(ByteBuffer bytes, int offset, int length) {
        return new MappedMemory(bytes, offset, length);
    }
}

package dev.slipring.ring.stress;

import dev.slipring.core.Area;
import dev.slipring.core.HeapMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Zeroed memory for the state of one trial, taken in turn from a fixed number of slots: trials come by the million, faster than native
 * memory can be allocated. jcstress has at most stride size times stride count of them in use, by default 256 times 40, twice while one
 * lot is exchanged for the next; no slot is taken again before that.
 */
final class Slots {
    private static final int SLOTS = 1 << 15;
    private static final int WORDS_LENGTH = 128;

    private final int dataLength;
    private final int producerLength;
    private final int length;
    private final ByteBuffer bytes;
    private final Memory whole;
    private final AtomicInteger taken = new AtomicInteger();

    /** Slots with a data area of this many bytes. */
    Slots(int dataLength) {
        this(dataLength, WORDS_LENGTH);
    }

    /** Slots with a data area and a producer's area of so many bytes. */
    Slots(int dataLength, int producerLength) {
        this.dataLength = dataLength;
        this.producerLength = producerLength;
        length = dataLength + producerLength + 2 * WORDS_LENGTH;
        bytes = ByteBuffer.allocateDirect(SLOTS * length);
        whole = HeapMemory.over(bytes, 0, bytes.capacity());
    }

    /** A whole slot as one memory. */
    Memory memory() {
        return HeapMemory.over(bytes, take(), length);
    }

    /** Memories for the areas of a ring. */
    MemorySeam areas() {
        int start = take();
        return (area, mapped) -> HeapMemory.over(bytes, start + offset(area), length(area));
    }

    private int length(Area area) {
        return switch (area) {
            case DATA -> dataLength;
            case PRODUCER -> producerLength;
            default -> WORDS_LENGTH;
        };
    }

    private int offset(Area area) {
        return switch (area) {
            case DATA -> 0;
            case PRODUCER -> dataLength;
            case CONSUMER -> dataLength + producerLength;
            case CHECKPOINTS -> dataLength + producerLength + WORDS_LENGTH;
            default -> throw new AssertionError("no ring stores to its " + area + " area");
        };
    }

    private int take() {
        int start = (taken.getAndIncrement() & SLOTS - 1) * length;
        for (int offset = 0; offset < length; offset += Long.BYTES) {
            whole.putLong(start + offset, 0);
        }
        return start;
    }
}

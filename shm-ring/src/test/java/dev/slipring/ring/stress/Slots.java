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
    private static final int LENGTH = 512;
    private static final int AREA_LENGTH = 128;
    private static final ByteBuffer BYTES = ByteBuffer.allocateDirect(SLOTS * LENGTH);
    private static final Memory WHOLE = HeapMemory.over(BYTES, 0, BYTES.capacity());
    private static final AtomicInteger TAKEN = new AtomicInteger();

    private Slots() {
    }

    /** One memory. */
    static Memory memory() {
        return HeapMemory.over(BYTES, take(), LENGTH);
    }

    /** Memories for the areas of a ring of {@value #AREA_LENGTH} bytes. */
    static MemorySeam areas() {
        int start = take();
        return (area, mapped) -> HeapMemory.over(BYTES, start + AREA_LENGTH * place(area), AREA_LENGTH);
    }

    private static int place(Area area) {
        return switch (area) {
            case DATA -> 0;
            case PRODUCER -> 1;
            case CONSUMER -> 2;
            case CHECKPOINTS -> 3;
            default -> throw new AssertionError("no ring stores to its " + area + " area");
        };
    }

    private static int take() {
        int start = (TAKEN.getAndIncrement() & SLOTS - 1) * LENGTH;
        for (int offset = 0; offset < LENGTH; offset += Long.BYTES) {
            WHOLE.putLong(start + offset, 0);
        }
        return start;
    }
}

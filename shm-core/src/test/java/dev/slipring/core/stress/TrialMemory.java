package dev.slipring.core.stress;

import dev.slipring.core.Area;
import dev.slipring.core.HeapMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Zeroed memory for the state of one trial, taken in turn from a fixed number of pieces: trials come by the million, faster than native
 * memory can be allocated. jcstress has at most stride size times stride count of them in use, by default 256 times 40, twice while one
 * lot is exchanged for the next; no piece is taken again before that.
 */
public final class TrialMemory {
    /** Where regions lie; {@link StressSuite} says. */
    static final String DIRECTORY = "slipring.stress.directory";

    private static final int PIECES = 1 << 15;
    private static final int WORDS_LENGTH = 128;

    private final int dataLength;
    private final int producerLength;
    private final int length;
    private final ByteBuffer bytes;
    private final Memory whole;
    private final AtomicInteger taken = new AtomicInteger();

    /** Pieces with a data area of this many bytes. */
    public TrialMemory(int dataLength) {
        this(dataLength, WORDS_LENGTH);
    }

    /** Pieces with a data area and a producer's area of so many bytes. */
    public TrialMemory(int dataLength, int producerLength) {
        this.dataLength = dataLength;
        this.producerLength = producerLength;
        length = dataLength + producerLength + 2 * WORDS_LENGTH;
        bytes = ByteBuffer.allocateDirect(PIECES * length);
        whole = HeapMemory.over(bytes, 0, bytes.capacity());
    }

    /** A whole piece as one memory. */
    public Memory memory() {
        return HeapMemory.over(bytes, take(), length);
    }

    /** Each JVM of a run makes its region apart from the others. */
    public static Path ownDirectory() {
        String directory = Objects.requireNonNull(System.getProperty(DIRECTORY), "set -D" + DIRECTORY);
        return Path.of(directory, Long.toString(ProcessHandle.current().pid()));
    }

    /** Memories for the areas of a region. */
    public MemorySeam areas() {
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
            default -> throw new AssertionError("no trial stores to its " + area + " area");
        };
    }

    private int take() {
        int start = (taken.getAndIncrement() & PIECES - 1) * length;
        for (int offset = 0; offset < length; offset += Long.BYTES) {
            whole.putLong(start + offset, 0);
        }
        return start;
    }
}

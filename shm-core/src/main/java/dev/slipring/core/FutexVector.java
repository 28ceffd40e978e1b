package dev.slipring.core;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/**
 * One thread's means to sleep on many words at once; otherwise as {@link Futex}, whose {@link Futex#wake} wakes these sleepers too.
 *
 * <pre>
 *  element  +0   +-------------------------------+
 *                |        expected value         |
 *           +8   +-------------------------------+
 *                |        address of the word    |
 *           +16  +---------------+---------------+
 *                |     flags     |   reserved    |
 *           +24  +---------------+---------------+
 * </pre>
 */
final class FutexVector {
    /** Most words at once. */
    static final int CAPACITY = 128;

    /** Whether the kernel has the call: from 5.16 on, where no sandbox forbids it. */
    static final boolean SUPPORTED;

    private static final long SYS_FUTEX_WAITV = 449;
    private static final int FLAG_32_BITS = 2;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int ELEMENT_SIZE = 24;
    private static final int ADDRESS_OFFSET = 8;
    private static final int FLAGS_OFFSET = 16;
    private static final int TIMESPEC_SIZE = 16;

    private static final MethodHandle WAITV = Linux.call("syscall",
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), 1);

    static {
        // A word of our own that has another value than expected: whoever has the call says so, and does not sleep.
        var word = Arena.ofAuto().allocate(JAVA_INT);
        var probe = new FutexVector();
        probe.set(0, word.address(), 1);
        SUPPORTED = probe.await(1, 0) == -Linux.EAGAIN && word.get(JAVA_INT, 0) == 0;
    }

    private final MemorySegment state;
    private final MemorySegment deadline;
    private final MemorySegment elements;

    FutexVector() {
        var arena = Arena.ofAuto();
        state = arena.allocate(Linux.CAPTURED);
        deadline = arena.allocate(TIMESPEC_SIZE, Long.BYTES);
        elements = arena.allocate((long) CAPACITY * ELEMENT_SIZE, Long.BYTES);
    }

    /** The word to sleep on as number {@code index}, as long as it has this value. */
    void set(int index, long address, int expected) {
        long element = (long) index * ELEMENT_SIZE;
        elements.set(JAVA_LONG, element, Integer.toUnsignedLong(expected));
        elements.set(JAVA_LONG, element + ADDRESS_OFFSET, address);
        elements.set(JAVA_INT, element + FLAGS_OFFSET, FLAG_32_BITS);
    }

    /**
     * Sleeps on the first {@code count} words until somebody wakes one of them, unless one has another value than expected.
     *
     * @return 0 or more when woken, else as {@link Futex#await}
     */
    int await(int count, long timeoutNs) {
        long until = System.nanoTime() + timeoutNs; // on Linux this is CLOCK_MONOTONIC
        deadline.set(JAVA_LONG, 0, until / TimeUnit.SECONDS.toNanos(1));
        deadline.set(JAVA_LONG, Long.BYTES, until % TimeUnit.SECONDS.toNanos(1));
        try {
            long result = (long) WAITV.invokeExact(state, SYS_FUTEX_WAITV, elements, count, 0, deadline, CLOCK_MONOTONIC);
            return result >= 0 ? (int) result : -state.get(JAVA_INT, Linux.ERRNO);
        } catch (Throwable e) {
            throw Linux.unexpected(e);
        }
    }
}

package dev.slipring.core;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/**
 * One thread's means to sleep in the kernel until somebody, in whatever process, wakes those who sleep on a word. Without the PRIVATE flag:
 * the kernel knows the word by its place in the file, so each process may have it mapped elsewhere.
 *
 * <p>Threads: a futex is one thread's; {@link #wake} is everybody's. Allocates: nothing per call. Never a critical downcall: a thread that
 * sleeps in one would keep the whole JVM from its next safepoint.
 */
@SuppressWarnings("restricted")
final class Futex {
    private static final long SYS_FUTEX = Linux.AARCH64 ? 98 : 202;
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final int TIMESPEC_SIZE = 16;

    private static final MethodHandle WAIT = Linux.call("syscall",
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), 1);
    private static final Linker LINKER = Linker.nativeLinker();
    /** Without errno: nobody would look at it. */
    private static final MethodHandle WAKE = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
        Linker.Option.firstVariadicArg(1));

    private final MemorySegment state;
    private final MemorySegment timeout;

    Futex() {
        var arena = Arena.ofAuto();
        state = arena.allocate(Linux.CAPTURED);
        timeout = arena.allocate(TIMESPEC_SIZE, Long.BYTES);
    }

    /**
     * Sleeps, unless the word at this address has another value than expected; that is compared and the sleep begun as one.
     *
     * @return 0 when woken, else {@code -EAGAIN} (another value), {@code -ETIMEDOUT}, {@code -EINTR} (a signal), or what else went wrong
     */
    int await(long address, int expected, long timeoutNs) {
        timeout.set(JAVA_LONG, 0, timeoutNs / TimeUnit.SECONDS.toNanos(1));
        timeout.set(JAVA_LONG, Long.BYTES, timeoutNs % TimeUnit.SECONDS.toNanos(1));
        try {
            long result = (long) WAIT.invokeExact(state, SYS_FUTEX, address, FUTEX_WAIT, expected, timeout, 0L, 0);
            return result == 0 ? 0 : -state.get(JAVA_INT, Linux.ERRNO);
        } catch (Throwable e) {
            throw Linux.unexpected(e);
        }
    }

    /** Whether this is an ordinary end of a sleep. */
    static boolean isExpected(int result) {
        return hasSlept(result) || result == -Linux.EAGAIN;
    }

    /** Whether there was a sleep at all. */
    static boolean hasSlept(int result) {
        return result >= 0 || result == -Linux.ETIMEDOUT || result == -Linux.EINTR;
    }

    /** Wakes everybody who sleeps on the word at this address. */
    static void wake(long address) {
        try {
            // What it returns does not matter: how many slept, or that the range was laid over just now, when close() does the waking.
            long ignored = (long) WAKE.invokeExact(SYS_FUTEX, address, FUTEX_WAKE, Integer.MAX_VALUE, 0L, 0L, 0);
        } catch (Throwable e) {
            throw Linux.unexpected(e);
        }
    }
}

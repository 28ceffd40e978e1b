package dev.slipring.perf.candidate;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The few calls that some candidates of the operating system need and the JDK has not. A call that fails throws, with its name and the
 * system's own words. One thread each.
 */
@SuppressWarnings("restricted")
public final class Posix {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int USER_ONLY = 0600;
    /** {@code struct mq_attr}: flags, most messages, their size, how many there are, and four words that nobody uses. */
    private static final MemoryLayout MQ_ATTR = MemoryLayout.sequenceLayout(8, JAVA_LONG);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    /** Message queues are in the C library itself since glibc 2.34. */
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup().find("mq_send").isPresent() ? LINKER.defaultLookup()
        : LINKER.defaultLookup().or(SymbolLookup.libraryLookup("librt.so.1", Arena.global()));

    private static final MethodHandle OPEN = call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle PIPE = call("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), -1);
    private static final MethodHandle MKFIFO = call("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), -1);
    private static final MethodHandle FCNTL = call("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle MQ_OPEN =
        call("mq_open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS), 2);
    private static final MethodHandle MQ_UNLINK = call("mq_unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS), -1);
    private static final MethodHandle MQ_SEND =
        call("mq_send", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), -1);
    private static final MethodHandle MQ_RECEIVE =
        call("mq_receive", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS), -1);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("strerror"),
        FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final MemorySegment state = Arena.ofAuto().allocate(CAPTURED);

    /** An existing file of any kind, for reading and writing. */
    public int open(Path file) {
        try (var arena = Arena.ofConfined()) {
            return checked("open", (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), O_RDWR | O_CLOEXEC, 0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Gives a descriptor back. */
    public void close(int descriptor) {
        try {
            checked("close", (int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A pipe that has no name: the descriptor to read from, and the one to write to. */
    public int[] pipe() {
        try (var arena = Arena.ofConfined()) {
            var two = arena.allocate(JAVA_INT, 2);
            checked("pipe2", (int) PIPE.invokeExact(state, two, O_CLOEXEC));
            return two.toArray(JAVA_INT);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A pipe that has a name. */
    public void mkfifo(Path file) {
        try (var arena = Arena.ofConfined()) {
            checked("mkfifo", (int) MKFIFO.invokeExact(state, arena.allocateFrom(file.toString()), USER_ONLY));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How many bytes a pipe holds. */
    public void resizePipe(int descriptor, int bytes) {
        try {
            checked("fcntl(F_SETPIPE_SZ)", (int) FCNTL.invokeExact(state, descriptor, F_SETPIPE_SZ, bytes));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A new message queue, whose name is taken back at once: it lives as long as somebody has it open, and leaves nothing behind. */
    public int messageQueue(String name, int mostMessages, int messageLength) {
        try (var arena = Arena.ofConfined()) {
            var attributes = arena.allocate(MQ_ATTR);
            attributes.setAtIndex(JAVA_LONG, 1, mostMessages);
            attributes.setAtIndex(JAVA_LONG, 2, messageLength);
            var itsName = arena.allocateFrom(name);
            int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
            int queue = checked("mq_open", (int) MQ_OPEN.invokeExact(state, itsName, flags, USER_ONLY, attributes));
            checked("mq_unlink", (int) MQ_UNLINK.invokeExact(state, itsName));
            return queue;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Puts a message into a queue; waits for room. */
    public void send(int queue, MemorySegment message) {
        try {
            checked("mq_send", (int) MQ_SEND.invokeExact(state, queue, message, message.byteSize(), 0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Takes the next message out of a queue, and says how long it is; waits for it. */
    public int receive(int queue, MemorySegment message) {
        try {
            long length = (long) MQ_RECEIVE.invokeExact(state, queue, message, message.byteSize(), MemorySegment.NULL);
            return checked("mq_receive", (int) length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor signature, int firstVariadic) {
        var errno = Linker.Option.captureCallState("errno");
        var function = LIBRARY.findOrThrow(name);
        return firstVariadic < 0 ? LINKER.downcallHandle(function, signature, errno)
            : LINKER.downcallHandle(function, signature, errno, Linker.Option.firstVariadicArg(firstVariadic));
    }

    private int checked(String call, int result) throws Throwable {
        if (result < 0) {
            int errno = state.get(JAVA_INT, ERRNO);
            String words = ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(Long.MAX_VALUE).getString(0);
            throw new IllegalStateException(call + ": " + words + " (errno " + errno + ")");
        }
        return result;
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException said ? said : new IllegalStateException("a system call could not be made", e);
    }
}

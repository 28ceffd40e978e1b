package dev.slipring.core;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The system calls of this room, through the foreign-function interface. Each returns what the call returned, or the negative errno:
 * what an errno means is for the caller to say. Linux on x86-64 and aarch64 (64-bit {@code off_t}, little-endian).
 */
@SuppressWarnings("restricted")
final class Linux {
    static final int EINTR = 4;
    static final int ENOENT = 2;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EPERM = 1;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int ENOSPC = 28;
    static final int EDQUOT = 122;
    static final int EFBIG = 27;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EOPNOTSUPP = 95;
    static final int ETIMEDOUT = 110;

    static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    static final int O_NOFOLLOW = AARCH64 ? 0x8000 : 0x20000;
    static final int O_TMPFILE = 0x400000 | (AARCH64 ? 0x4000 : 0x10000);

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int STATX_BASIC_STATS = 0x7ff;
    static final int STATX_SIZE = 256;
    static final int STATX_LINKS = 16;
    static final int STATX_LENGTH = 40;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 0x1;
    static final int MAP_PRIVATE = 0x2;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_POPULATE = 0x8000;

    static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    static final short F_RDLCK = 0;
    static final short F_WRLCK = 1;
    static final short F_UNLCK = 2;
    private static final int MFD_CLOEXEC = 1;
    static final int FLOCK_SIZE = 32;
    static final int FLOCK_START = 8;
    static final int FLOCK_LENGTH = 16;
    private static final int STATFS_SIZE = 256;

    private static final long SYS_MEMBARRIER = AARCH64 ? 283 : 324;
    private static final int MEMBARRIER_CMD_GLOBAL_EXPEDITED = 2;
    private static final int MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED = 4;
    private static final int MEMBARRIER_CMD_PRIVATE_EXPEDITED = 8;
    private static final int MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED = 16;

    private static final MemorySegment ZEROS = Arena.global().allocate(1 << 16);
    private static final Linker LINKER = Linker.nativeLinker();
    static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    static final long ERRNO = CAPTURED.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    static final MethodHandle FCNTL = call("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), 2);
    private static final MethodHandle FCHMOD = call("fchmod", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle FALLOCATE =
        call("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG), -1);
    private static final MethodHandle LINKAT =
        call("linkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT), -1);
    private static final MethodHandle UNLINK = call("unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS), -1);
    private static final MethodHandle MKDIR = call("mkdir", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), -1);
    static final MethodHandle STATX =
        call("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS), -1);
    private static final MethodHandle FSTATFS = call("fstatfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), -1);
    private static final MethodHandle PREAD =
        call("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG), -1);
    private static final MethodHandle PWRITE =
        call("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG), -1);
    private static final MethodHandle MMAP =
        call("mmap", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG), -1);
    private static final MethodHandle MEMFD_CREATE = call("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), -1);
    private static final MethodHandle FTRUNCATE = call("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG), -1);
    private static final MethodHandle MUNMAP = call("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), -1);
    private static final MethodHandle SYSCALL =
        LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(1));
    private static final MethodHandle GETEUID = call("geteuid", FunctionDescriptor.of(JAVA_INT), -1);

    private Linux() {
    }

    /** What {@code statx} says of a file; {@code device} is major and minor in one word. */
    record FileStatus(int mode, int links, int uid, int gid, long inode, long device, long size) {
        private static final int TYPE_MASK = 0xf000;

        boolean isRegular() {
            return (mode & TYPE_MASK) == 0x8000;
        }

        boolean isDirectory() {
            return (mode & TYPE_MASK) == 0x4000;
        }

        boolean isSameFileAs(FileStatus other) {
            return inode == other.inode && device == other.device;
        }

        String typeName() {
            return switch (mode & TYPE_MASK) {
                case 0x8000 -> "a regular file";
                case 0x4000 -> "a directory";
                case 0xa000 -> "a symbolic link";
                case 0x1000 -> "a FIFO";
                case 0xc000 -> "a socket";
                default -> "a device";
            };
        }

        String octalMode() {
            return String.format("%04o", mode & 0xfff);
        }

        /** Whose it is and what it allows, for messages: a clause that follows the path. */
        String ownership() {
            return "belongs to user " + uid + " and group " + gid + " with mode " + octalMode();
        }
    }

    static int open(String path, int flags, int mode) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            return result((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags, mode), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int close(int fd) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            return result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Takes an open-file-description lock on one byte, or fails with {@code -EAGAIN} when another description has a conflicting one. */
    static int lock(int fd, long start, boolean exclusive) {
        return setLock(fd, exclusive ? F_WRLCK : F_RDLCK, start);
    }

    static int unlock(int fd, long start) {
        return setLock(fd, F_UNLCK, start);
    }

    private static int setLock(int fd, short type, long start) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            var flock = arena.allocate(FLOCK_SIZE, 8);
            flock.set(JAVA_SHORT, 0, type);
            flock.set(JAVA_LONG, FLOCK_START, start);
            flock.set(JAVA_LONG, FLOCK_LENGTH, 1);
            return result((int) FCNTL.invokeExact(state, fd, F_OFD_SETLK, flock), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int fchmod(int fd, int mode) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            return result((int) FCHMOD.invokeExact(state, fd, mode), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int fallocate(int fd, long length) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            int result;
            do {
                result = result((int) FALLOCATE.invokeExact(state, fd, 0, 0L, length), state);
            } while (result == -EINTR);
            return result;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Writes zeros from {@code offset} on, some of {@code length}; returns how many. */
    static long writeZeros(int fd, long offset, long length) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            long written;
            do {
                written = (long) PWRITE.invokeExact(state, fd, ZEROS, Math.min(length, ZEROS.byteSize()), offset);
            } while (written == -1 && state.get(JAVA_INT, ERRNO) == EINTR);
            return written >= 0 ? written : -state.get(JAVA_INT, ERRNO);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Gives a nameless file its name; {@code -EEXIST} when the name is taken. */
    static int linkNameless(int fd, String path) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            var from = arena.allocateFrom("/proc/self/fd/" + fd);
            return result((int) LINKAT.invokeExact(state, AT_FDCWD, from, AT_FDCWD, arena.allocateFrom(path), AT_SYMLINK_FOLLOW), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int unlink(String path) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            return result((int) UNLINK.invokeExact(state, arena.allocateFrom(path)), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int mkdir(String path, int mode) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            return result((int) MKDIR.invokeExact(state, arena.allocateFrom(path), mode), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The status of an open file. */
    static FileStatus status(int fd) {
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(STATX_SIZE, 8);
            int result = statx(fd, arena.allocateFrom(""), AT_EMPTY_PATH, status, arena.allocate(CAPTURED));
            if (result < 0) {
                throw new IllegalStateException("statx on an open descriptor failed with errno " + -result);
            }
            return parse(status);
        }
    }

    /** The status of a path, the link itself when it is one; empty when there is nothing of that name. */
    static Optional<FileStatus> status(String path) {
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(STATX_SIZE, 8);
            int result = statx(AT_FDCWD, arena.allocateFrom(path), AT_SYMLINK_NOFOLLOW, status, arena.allocate(CAPTURED));
            return switch (result) {
                case 0 -> Optional.of(parse(status));
                case -ENOENT, -ENOTDIR -> Optional.empty();
                default -> throw new AccessDenied("cannot look at " + path + " (errno " + -result + "): check the directory's permissions");
            };
        }
    }

    /** False when this user may not reach what is in a directory. */
    static boolean maySearch(String directory) {
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(STATX_SIZE, 8);
            return statx(AT_FDCWD, arena.allocateFrom(directory + "/."), 0, status, arena.allocate(CAPTURED)) != -EACCES;
        }
    }

    private static int statx(int directory, MemorySegment path, int flags, MemorySegment status, MemorySegment state) {
        try {
            return result((int) STATX.invokeExact(state, directory, path, flags, STATX_BASIC_STATS, status), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static FileStatus parse(MemorySegment statx) {
        return new FileStatus(
            Short.toUnsignedInt(statx.get(JAVA_SHORT, 28)),
            statx.get(JAVA_INT, STATX_LINKS),
            statx.get(JAVA_INT, 20),
            statx.get(JAVA_INT, 24),
            statx.get(JAVA_LONG, 32),
            (long) statx.get(JAVA_INT, 136) << 32 | Integer.toUnsignedLong(statx.get(JAVA_INT, 140)),
            statx.get(JAVA_LONG, STATX_LENGTH));
    }

    /** The magic number of the file system that holds an open file. */
    static long fileSystemType(int fd) {
        try (var arena = Arena.ofConfined()) {
            var statfs = arena.allocate(STATFS_SIZE, 8);
            var state = arena.allocate(CAPTURED);
            int result = result((int) FSTATFS.invokeExact(state, fd, statfs), state);
            if (result < 0) {
                throw new IllegalStateException("fstatfs on an open descriptor failed with errno " + -result);
            }
            return statfs.get(JAVA_LONG, 0) & 0xffff_ffffL;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reads from the start of a file; returns the bytes read, or the negative errno. */
    static int read(int fd, byte[] destination) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(destination.length, 8);
            int length = read(fd, 0, bytes);
            MemorySegment.ofArray(destination).copyFrom(bytes);
            return length;
        }
    }

    /** Reads from this offset of a file into native memory; returns the bytes read, or the negative errno. */
    static int read(int fd, long offset, MemorySegment destination) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            long length = (long) PREAD.invokeExact(state, fd, destination, destination.byteSize(), offset);
            return length >= 0 ? (int) length : -state.get(JAVA_INT, ERRNO);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Maps; returns the address, or the negative errno. */
    static long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            long mapped = (long) MMAP.invokeExact(state, address, length, protection, flags, fd, offset);
            return mapped == -1 ? -state.get(JAVA_INT, ERRNO) : mapped;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Makes a nameless file in memory, of this length, all zeros and without pages; returns its descriptor. */
    static int memoryFile(String name, long length) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            int fd = result((int) MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name), MFD_CLOEXEC), state);
            if (fd < 0) {
                return fd;
            }
            int result = result((int) FTRUNCATE.invokeExact(state, fd, length), state);
            if (result < 0) {
                close(fd);
                return result;
            }
            return fd;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int munmap(long address, long length) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CAPTURED);
            return result((int) MUNMAP.invokeExact(state, address, length), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Prepares this process for {@link #barrierOnEveryThread}. False where the kernel, or a sandbox, does not offer it. */
    static boolean registerBarrier() {
        return membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0;
    }

    /** Every thread of this process passes a full fence before this returns. */
    static boolean barrierOnEveryThread() {
        return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0;
    }

    /** Lets {@link #barrierOnEveryProcess} of other processes reach this one. False where it is not offered. */
    static boolean registerGlobalBarrier() {
        return membarrier(MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED) == 0;
    }

    /** Every running thread of every registered process passes a full fence before this returns; who does not run passes one anyway. */
    static boolean barrierOnEveryProcess() {
        return membarrier(MEMBARRIER_CMD_GLOBAL_EXPEDITED) == 0;
    }

    private static long membarrier(int command) {
        try {
            return (long) SYSCALL.invokeExact(SYS_MEMBARRIER, command, 0, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int effectiveUser() {
        try (var arena = Arena.ofConfined()) {
            return (int) GETEUID.invokeExact(arena.allocate(CAPTURED));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static MethodHandle call(String name, FunctionDescriptor signature, int firstVariadic) {
        var function = LINKER.defaultLookup().findOrThrow(name);
        var errno = Linker.Option.captureCallState("errno");
        return firstVariadic < 0
            ? LINKER.downcallHandle(function, signature, errno)
            : LINKER.downcallHandle(function, signature, errno, Linker.Option.firstVariadicArg(firstVariadic));
    }

    private static int result(int result, MemorySegment state) {
        return result >= 0 ? result : -state.get(JAVA_INT, ERRNO);
    }

    static Error unexpected(Throwable e) {
        return e instanceof Error error ? error : new AssertionError("a system call could not be made", e);
    }
}

package dev.slipring.core;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What those who wait ask of an open file again and again: whether it is whole, and whether somebody holds a lock. Allocates nothing per
 * question, and is one thread's at a time.
 */
final class Inquiry {
    private final int fd;
    private final MemorySegment state;
    private final MemorySegment flock;
    private final MemorySegment status;
    private final MemorySegment noPath;

    Inquiry(int fd) {
        this.fd = fd;
        var arena = Arena.ofAuto();
        state = arena.allocate(Linux.CAPTURED);
        flock = arena.allocate(Linux.FLOCK_SIZE, Long.BYTES);
        status = arena.allocate(Linux.STATX_SIZE, Long.BYTES);
        noPath = arena.allocateFrom("");
    }

    /** Whether another description holds a write lock on the byte; also when the kernel does not say. Takes nothing. */
    boolean isWriteLocked(long lockByte) {
        return wouldConflict(Linux.F_RDLCK, lockByte);
    }

    /** Whether another description holds any lock on the byte; else as above. A read-only descriptor may ask too. */
    boolean isLocked(long lockByte) {
        return wouldConflict(Linux.F_WRLCK, lockByte);
    }

    private boolean wouldConflict(short type, long lockByte) {
        flock.fill((byte) 0);
        flock.set(JAVA_SHORT, 0, type);
        flock.set(JAVA_LONG, Linux.FLOCK_START, lockByte);
        flock.set(JAVA_LONG, Linux.FLOCK_LENGTH, 1);
        try {
            int result = (int) Linux.FCNTL.invokeExact(state, fd, Linux.F_OFD_GETLK, flock);
            return result != 0 || flock.get(JAVA_SHORT, 0) != Linux.F_UNLCK;
        } catch (Throwable e) {
            throw Linux.unexpected(e);
        }
    }

    /** Whether the file has a name and is not shorter than this. */
    boolean isWhole(long length) {
        try {
            int result = (int) Linux.STATX.invokeExact(state, fd, noPath, Linux.AT_EMPTY_PATH, Linux.STATX_BASIC_STATS, status);
            if (result != 0) {
                throw new IllegalStateException("statx on an open descriptor failed with errno " + state.get(JAVA_INT, Linux.ERRNO));
            }
            return status.get(JAVA_INT, Linux.STATX_LINKS) > 0 && status.get(JAVA_LONG, Linux.STATX_LENGTH) >= length;
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable e) {
            throw Linux.unexpected(e);
        }
    }
}

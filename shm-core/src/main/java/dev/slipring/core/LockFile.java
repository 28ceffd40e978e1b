package dev.slipring.core;

/**
 * One open file description of a region, used for locking only: never mapped, shared or duplicated, so that its locks end exactly when
 * it is closed or its process dies. The lock bytes lie far beyond the end of the file and cost no space.
 *
 * <p>Open-file-description locks conflict between descriptions, also of one process, and are let go by the kernel after {@code kill -9}:
 * they are the only word on who lives. A question must go through another description: the one that holds a lock does not see it.
 */
class LockFile implements AutoCloseable {
    /** Read-locked by everybody who has the region open; write-locked to remove it. */
    static final long LIFE = 1L << 40;
    /** Held while the participants' table changes. */
    static final long REPAIR = LIFE + 1;
    private static final long ROLES = LIFE + 16;
    private static final long SLOTS = LIFE + 1024;

    private final int fd;
    private boolean closed;

    LockFile(int fd) {
        this.fd = fd;
    }

    static long roleByte(Role role) {
        return ROLES + role.ordinal();
    }

    static long slotByte(int slot) {
        return SLOTS + slot;
    }

    boolean tryShared(long lockByte) {
        return took(Linux.lock(fd, lockByte, false));
    }

    boolean tryExclusive(long lockByte) {
        return took(Linux.lock(fd, lockByte, true));
    }

    void unlock(long lockByte) {
        Linux.unlock(fd, lockByte);
    }

    Linux.FileStatus status() {
        return Linux.status(fd);
    }

    /** Lets all locks go: the kernel drops them with the description. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Linux.close(fd);
        }
    }

    private static boolean took(int result) {
        if (result < 0 && result != -Linux.EAGAIN && result != -Linux.EACCES) {
            throw new IllegalStateException("fcntl(F_OFD_SETLK) failed with errno " + -result);
        }
        return result >= 0;
    }
}

package dev.slipring.core;

import java.nio.file.Path;

/**
 * What this machine offers of what Slipring rests on, found by trying it. Leaves nothing behind.
 *
 * @param jvmFlags      empty, or which flag the JVM lacks, in words
 * @param directory     empty, or why regions of this user cannot lie in the directory; also empty when it can be made
 * @param namelessFiles whether files can be made there that have no name (O_TMPFILE), so that a creator that dies leaves nothing
 * @param locks         whether open-file-description locks work there, which tell who lives
 * @param barrier       whether every thread of this process can be made to pass a fence, for closing under load
 * @param globalBarrier whether those of other processes can, without which who rings a bell fences himself
 * @param sleepOnMany   whether one thread can sleep on many words (futex_waitv), without which a set of consumers takes short naps
 */
public record PlatformStatus(String jvmFlags, String directory, boolean namelessFiles, boolean locks, boolean barrier,
    boolean globalBarrier, boolean sleepOnMany) {

    /** Tries it all, in this directory; where it is missing, in the one in which it would be made. */
    public static PlatformStatus probe(RegionDirectory directory) {
        String refusal = "";
        try {
            directory.check();
        } catch (RegionNotFound e) {
            refusal = ""; // whoever creates the first region makes it
        } catch (SlipringException e) {
            refusal = String.valueOf(e.getMessage());
        }
        var place = Linux.status(directory.path().toString()).isPresent() ? directory.path() : directory.path().getParent();
        int fd = place == null ? -Linux.ENOENT
            : Linux.open(place.toString(), Linux.O_TMPFILE | Linux.O_RDWR | Linux.O_CLOEXEC, Sharing.PRIVATE.mode());
        boolean locks = false;
        if (fd >= 0) {
            try {
                refusal = refusal.isEmpty() ? objection(fd, directory.path()) : refusal;
                locks = locksWork(fd);
            } finally {
                Linux.close(fd);
            }
        } else if (refusal.isEmpty()) {
            refusal = "cannot create a file in " + place + " (errno " + -fd + ")";
        }
        return new PlatformStatus(flags(), refusal, fd >= 0, locks, ThisProcess.hasBarrier(), ThisProcess.hasGlobalBarrier(),
            FutexVector.SUPPORTED);
    }

    private static String objection(int fd, Path path) {
        try {
            FileSystem.require(fd, path);
            return "";
        } catch (AccessDenied e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** One description takes a lock, another sees it. */
    private static boolean locksWork(int fd) {
        int other = Linux.open("/proc/self/fd/" + fd, Linux.O_RDWR | Linux.O_CLOEXEC, 0);
        if (other < 0) {
            return false;
        }
        try (var locks = new LockFile(other)) {
            return !new Inquiry(fd).isLocked(LockFile.LIFE) && locks.tryExclusive(LockFile.LIFE) && new Inquiry(fd).isLocked(LockFile.LIFE);
        }
    }

    private static String flags() {
        try {
            ThisProcess.requireSupported();
            return "";
        } catch (UnsupportedOperationException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

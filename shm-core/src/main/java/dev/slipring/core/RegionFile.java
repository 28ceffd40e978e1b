package dev.slipring.core;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * The file behind a region: how it is created whole, opened with every check, and removed only when nobody has it open.
 */
final class RegionFile implements AutoCloseable {
    private static final int OTHERS = 0007;
    private static final int GROUP = 0070;
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long RETRY_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Path path;
    private final int fd;
    private final LockFile locks;
    private final Inquiry inquiry;

    private RegionFile(Path path, int fd, LockFile locks) {
        this.path = path;
        this.fd = fd;
        this.locks = locks;
        inquiry = new Inquiry(fd);
    }

    /** What the creator does with the nameless file before it gets its name. */
    @FunctionalInterface
    interface Filler {
        void fill(int fd);
    }

    int fd() {
        return fd;
    }

    LockFile locks() {
        return locks;
    }

    /** 2 MiB where the directory gives huge pages, else 64 KiB. */
    static int pageAlignment(RegionDirectory directory) {
        int fd = Linux.open(directory.path().toString(), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new AccessDenied("cannot open the directory " + directory.path() + " (errno " + -fd + "): check its permissions");
        }
        try {
            return FileSystem.require(fd, directory.path()) == FileSystem.HUGETLBFS ? RegionDescriptor.HUGE_PAGE_ALIGNMENT
                : RegionDescriptor.PAGE_ALIGNMENT;
        } finally {
            Linux.close(fd);
        }
    }

    /**
     * Makes a file of this length, has it filled, and gives it its name last: others see nothing or all of it, and a creator that dies
     * before leaves nothing. A full file system is an error here and not a SIGBUS later.
     */
    static void create(Path path, long length, Sharing sharing, Filler filler) {
        if (Linux.status(path.toString()).isPresent()) {
            throw exists(path);
        }
        String directory = String.valueOf(path.getParent());
        int fd = Linux.open(directory, Linux.O_TMPFILE | Linux.O_RDWR | Linux.O_CLOEXEC, Sharing.PRIVATE.mode());
        if (fd < 0) {
            throw switch (-fd) {
                case Linux.ENOSPC, Linux.EDQUOT -> full(path, length);
                case Linux.EMFILE, Linux.ENFILE -> new RegionFull("no descriptor left to create " + path
                    + ": close regions, or raise the limit of open files (ulimit -n)");
                case Linux.EACCES -> new AccessDenied(directory + " " + ownership(directory) + ", where user " + Linux.effectiveUser()
                    + " may not create files: have its owner create the region, or chmod 2770 it for a group of yours");
                default -> new AccessDenied("cannot create a file in " + directory + " (errno " + -fd
                    + "): choose another with SLIPRING_DIR");
            };
        }
        try {
            require(Linux.fchmod(fd, sharing.mode()), "fchmod", path); // whatever the umask says
            int allocated = allocate(fd, length);
            switch (-allocated) {
                case 0 -> filler.fill(fd);
                case Linux.ENOSPC, Linux.EDQUOT, Linux.ENOMEM, Linux.EFBIG -> throw full(path, length);
                default -> require(allocated, "allocation", path);
            }
            int linked = Linux.linkNameless(fd, path.toString());
            if (linked == -Linux.EEXIST) {
                throw exists(path);
            }
            require(linked, "linkat", path);
        } finally {
            Linux.close(fd);
        }
    }

    /** Returns 0 or the negative errno. What cannot be allocated without writing (ext4 without extents) is written. */
    private static int allocate(int fd, long length) {
        int result = Linux.fallocate(fd, length);
        if (result != -Linux.EOPNOTSUPP) {
            return result;
        }
        for (long offset = 0; offset < length;) {
            long written = Linux.writeZeros(fd, offset, length - offset);
            if (written < 0) {
                return (int) written;
            }
            offset += written;
        }
        return 0;
    }

    /**
     * Opens and read-locks the life of what has this name, and makes sure that it still has it.
     *
     * @param shared whether it lies where a group is meant to meet
     */
    static RegionFile open(Path path, Access access, boolean shared) {
        long deadline = System.nanoTime() + RETRY_TIMEOUT_NS;
        do {
            var file = openFound(path, access, shared);
            try {
                if (file.locks.tryShared(LockFile.LIFE) && file.isStillNamed()) {
                    return file;
                }
            } catch (Throwable e) {
                file.close();
                throw e;
            }
            file.close(); // somebody is removing it, or has just put another in its place
            Pause.of(RETRY_NS);
        } while (System.nanoTime() - deadline < 0);
        throw new RegionNotFound(path + " was being removed for " + TimeUnit.NANOSECONDS.toSeconds(RETRY_TIMEOUT_NS)
            + " s; is a process stopped that was cleaning up?");
    }

    /**
     * Removes the name, if the kernel says that nobody has the region open.
     *
     * @param stillMeant asked while nobody can come: whether the file behind this descriptor is to go
     */
    static void remove(Path path, boolean shared, IntPredicate stillMeant) {
        int found = find(path);
        int fd;
        try {
            fd = open(found, path, Access.OWN, shared);
        } finally {
            Linux.close(found);
        }
        try (var locks = new LockFile(fd)) {
            if (!locks.tryExclusive(LockFile.LIFE)) {
                throw new RoleTaken(path + " is in use: close it everywhere first");
            }
            var named = Linux.status(path.toString()).orElse(null);
            if (named != null && named.isSameFileAs(locks.status()) && stillMeant.test(fd)) {
                require(Linux.unlink(path.toString()), "unlink", path);
            }
        }
    }

    /** False once somebody has removed the file or cut it short. */
    boolean isWhole(long length) {
        return inquiry.isWhole(length);
    }

    long size() {
        return Linux.status(fd).size();
    }

    /** The first bytes, read by a system call: a short file is a short count here and not a fault. */
    int read(byte[] destination) {
        int length = Linux.read(fd, destination);
        if (length < 0) {
            throw new AccessDenied("cannot read " + path + " (errno " + -length + ")");
        }
        return length;
    }

    @Override
    public void close() {
        locks.close();
        Linux.close(fd);
    }

    private boolean isStillNamed() {
        var named = Linux.status(path.toString()).orElse(null);
        var opened = Linux.status(fd);
        return named != null && named.isSameFileAs(opened) && opened.links() == 1;
    }

    /** Two descriptions of what has this name now: what is locked is what is mapped. */
    private static RegionFile openFound(Path path, Access access, boolean shared) {
        int found = find(path);
        try {
            int fd = open(found, path, access, shared);
            try {
                return new RegionFile(path, fd, new LockFile(open(found, path, access, shared)));
            } catch (Throwable e) {
                Linux.close(fd);
                throw e;
            }
        } finally {
            Linux.close(found);
        }
    }

    /** A descriptor that says what has this name, found to be a regular file. */
    private static int find(Path path) {
        int found = locate(path);
        try {
            requireRegular(path, found);
            return found;
        } catch (Throwable e) {
            Linux.close(found);
            throw e;
        }
    }

    /** A descriptor that says what has this name, whatever it is. Nothing is opened: that may do something to a device. */
    static int locate(Path path) {
        int found = Linux.open(path.toString(), Linux.O_PATH | Linux.O_NOFOLLOW | Linux.O_CLOEXEC, 0);
        if (found < 0) {
            throw switch (-found) {
                case Linux.ENOENT, Linux.ENOTDIR -> new RegionNotFound("no region " + path + ": create it first");
                case Linux.EMFILE, Linux.ENFILE -> noDescriptor(path);
                default -> new AccessDenied("cannot look at " + path + " (errno " + -found + "): check owner and mode of its directory");
            };
        }
        return found;
    }

    private static int open(int found, Path path, Access access, boolean shared) {
        int fd = openLocated(found, path, access);
        try {
            requireTrusted(path, fd, shared);
            return fd;
        } catch (Throwable e) {
            Linux.close(fd);
            throw e;
        }
    }

    /** Opens the regular file that was located, trusted or not. */
    static int openLocated(int found, Path path, Access access) {
        int fd = Linux.open("/proc/self/fd/" + found, (access == Access.WATCH ? Linux.O_RDONLY : Linux.O_RDWR) | Linux.O_CLOEXEC, 0);
        if (fd < 0) {
            throw switch (-fd) {
                case Linux.EMFILE, Linux.ENFILE -> noDescriptor(path);
                case Linux.EACCES -> new AccessDenied(path + " " + Linux.status(found).ownership() + ", which does not let user "
                    + Linux.effectiveUser() + " " + (access == Access.WATCH ? "watch" : "join")
                    + ": ask its owner to share it with a group of yours (0640 to watch, 0660 to join), or become user or member");
                default -> new AccessDenied("cannot open " + path + " (errno " + -fd + "): check owner and mode");
            };
        }
        return fd;
    }

    private static RegionFull noDescriptor(Path path) {
        return new RegionFull("no descriptor left to open " + path + ": close regions, or raise the limit of open files (ulimit -n)");
    }

    static void requireRegular(Path path, int fd) {
        var status = Linux.status(fd);
        if (!status.isRegular()) {
            throw new RegionIncompatible(path + " is " + status.typeName()
                + ", expected a regular file (links are not followed): remove it, or use another name");
        }
        if (status.links() > 1) {
            throw new RegionIncompatible(path + " has " + status.links() + " names, expected 1: remove the hard links");
        }
    }

    static void requireTrusted(Path path, int fd, boolean shared) {
        var status = Linux.status(fd);
        int user = Linux.effectiveUser();
        boolean ours = status.uid() == user || (shared && (status.mode() & GROUP) != 0);
        if ((status.mode() & OTHERS) != 0 || !ours) {
            throw new AccessDenied(path + " " + status.ownership() + ", expected user " + user
                + (shared ? " or a group's 0640/0660" : " (or, in a chosen directory of mode 2750/2770, a group's 0640/0660)")
                + ", and nothing for others: remove it, or fix owner and mode");
        }
        FileSystem.require(fd, path);
    }

    private static String ownership(String path) {
        return Linux.status(path).map(Linux.FileStatus::ownership).orElse("has gone");
    }

    private static RegionExists exists(Path path) {
        return new RegionExists(path + " exists: open it, or remove it first");
    }

    private static RegionFull full(Path path, long length) {
        return new RegionFull("no room for the " + length + " bytes of " + path
            + ": enlarge the file system (docker: --shm-size; huge pages: vm.nr_hugepages), or make it smaller");
    }

    private static void require(int result, String call, Path path) {
        if (result < 0) {
            throw new AccessDenied(call + " of " + path + " failed (errno " + -result + "): check the directory's permissions");
        }
    }
}

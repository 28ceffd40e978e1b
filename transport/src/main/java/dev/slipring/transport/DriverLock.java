package dev.slipring.transport;

import dev.slipring.core.AccessDenied;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who hosts the media driver of an Aeron directory: a file beside the directory, of which the host holds two bytes locked. The first says
 * that there is a host, the second that its driver can be joined. The kernel lets both go when the host dies, however it dies, so nothing
 * about a dead host is ever believed, and nobody waits for a timeout to learn of it.
 *
 * <p>Java's locks are a process's, and all go when any channel of the file is closed: so a process has one channel for each file.
 *
 * <p>Threads: any.
 */
final class DriverLock implements AutoCloseable {
    private static final long HOST = 0;
    private static final long READY = 1;
    private static final long NO_LIFE = 0;
    private static final Map<Path, DriverLock> OPEN = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private int users;
    private @Nullable FileLock host;
    private @Nullable FileLock ready;

    private DriverLock(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** To be closed as often as it was opened. */
    static DriverLock open(Path file) {
        synchronized (OPEN) {
            var lock = OPEN.computeIfAbsent(file, each -> io("open", each, () -> new DriverLock(each)));
            lock.users++;
            return lock;
        }
    }

    /** Becomes the host, unless there is one, which may be this process. */
    synchronized boolean tryHost() {
        if (host == null) {
            host = io("lock", file, () -> channel.tryLock(HOST, 1, false));
            return host != null;
        }
        return false;
    }

    /** Whether an earlier host did not leave in order: what lies in the directory is its remains. For the host. */
    synchronized boolean hasRemains() {
        return life() != NO_LIFE;
    }

    /** To be called before there is anything that could remain; begins another life of the driver. For the host. */
    synchronized void expectRemains() {
        long life = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        io("write", file, () -> channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, life), 0));
    }

    /** Tells one driver from its successor in the same directory. */
    synchronized long life() {
        var bytes = ByteBuffer.allocate(Long.BYTES);
        return io("read", file, () -> channel.read(bytes, 0)) < Long.BYTES ? NO_LIFE : bytes.getLong(0);
    }

    /** Lets others join. For the host. */
    synchronized void setReady() {
        while (ready == null) { // somebody may be asking just now, which takes a microsecond
            ready = io("lock", file, () -> channel.tryLock(READY, 1, false));
        }
    }

    /** Whether a host lives whose driver can be joined. */
    synchronized boolean isReady() {
        if (host != null) {
            return ready != null;
        }
        var free = io("lock", file, () -> channel.tryLock(READY, 1, true)); // shared: those who ask do not get in each other's way
        if (free == null) {
            return true;
        }
        unlocked(free);
        return false;
    }

    /** Leaves as host; nothing remains. For the host. */
    synchronized void release() {
        io("empty", file, () -> channel.truncate(0));
        ready = unlocked(ready);
        host = unlocked(host);
    }

    /** Removes the file; for a host, before it leaves. */
    synchronized void delete() {
        io("delete", file, () -> Files.deleteIfExists(file));
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(file);
                io("close", file, () -> {
                    channel.close();
                    return channel;
                });
            }
        }
    }

    private @Nullable FileLock unlocked(@Nullable FileLock lock) {
        io("unlock", file, () -> {
            if (lock != null) {
                lock.release();
            }
            return file;
        });
        return null;
    }

    @FunctionalInterface
    private interface Io<T> {
        T run() throws IOException;
    }

    private static <T> T io(String what, Path file, Io<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new AccessDenied("cannot " + what + " " + file + " (" + e + "): make its directory, and yours, or choose another "
                + "with the parameter dir");
        }
    }
}

package dev.slipring.transport;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.DriverTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentTerminationException;
import org.jspecify.annotations.Nullable;

/**
 * This process's part in one Aeron directory: a client, and the media driver when this process was the first to come.
 *
 * <p>Threads: opening and closing under the transport's lock; {@link #check} any.
 */
final class AeronNode implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AeronNode.class.getName());
    private static final long JOIN_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long JOIN_RETRY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A thread that is just polling or offering while another closes the transport has this long to get out, before memory is unmapped. */
    private static final long CLOSE_LINGER_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CHECKS_PER_CLOCK = 64;
    private static final long ASK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path directory;
    private final TransportOptions options;
    private final @Nullable DriverLock lock;
    private @Nullable HostedDriver hosted;
    private @Nullable Aeron client;
    private long joinedLife;
    private volatile @Nullable Throwable lastError;
    /** Written by several threads, each of which may overwrite another's: a question more or less does not matter. */
    private int checks;
    private long lastAskedNs = System.nanoTime();

    AeronNode(Path directory, boolean external, TransportOptions options) {
        this.directory = directory;
        this.options = options;
        lock = external ? null : DriverLock.open(lockFile(directory));
    }

    boolean isExternal() {
        return lock == null;
    }

    /** The client; connected when it is asked for first. */
    Aeron client() {
        if (client == null) {
            client = lock == null ? connect() : hostOrJoin(lock);
        } else if (client.isClosed()) {
            throw gone();
        } else if (lock != null) {
            requireHost(lock);
        }
        return client;
    }

    /** Launches the driver, unless one lives. */
    void host() {
        if (lock == null) {
            client();
        } else {
            tryHost(lock);
        }
    }

    /**
     * For calls that came to nothing: is there still a driver? Of ours the kernel knows, and is asked at most every 10 ms. An external one
     * is dead when it has been silent for too long, which the client's own thread finds out.
     */
    void check() {
        var aeron = client;
        if (aeron == null || aeron.isClosed()) {
            throw gone();
        }
        if (lock != null && ++checks % CHECKS_PER_CLOCK == 0) {
            long now = System.nanoTime();
            if (now - lastAskedNs >= ASK_EVERY_NS) {
                lastAskedNs = now;
                requireHost(lock);
            }
        }
    }

    private void requireHost(DriverLock driverLock) {
        if (!isJoinedAlive(driverLock)) {
            throw gone();
        }
    }

    /** A successor in the same directory is another driver. */
    private boolean isJoinedAlive(DriverLock driverLock) {
        return driverLock.isReady() && driverLock.life() == joinedLife;
    }

    /** There is no way back for a client without its driver, nor for one that the driver has given up. */
    private TransportException gone() {
        var cause = lastError;
        if (cause != null && !(cause instanceof DriverTimeoutException) && (lock == null || isJoinedAlive(lock))) {
            return new ClientTimedOut("expected this process to run at least every " + options.liveness() + ", found a longer pause ("
                + cause.getMessage() + "): close the transport and open another, and set a liveness longer than its pauses", cause);
        }
        return new DriverGone("expected the media driver in " + directory + " that was joined, found it " + (cause == null ? "gone"
            : "silent (" + cause.getMessage() + ")") + ": close the transport and open another, which launches or joins a new one", cause);
    }

    /** Removes the directory when no process hosts a driver in it. Not to be called while one may be starting. */
    static boolean remove(Path directory) {
        var file = lockFile(directory);
        if (!Files.exists(file)) {
            return !Files.exists(directory); // never a directory that is not ours
        }
        try (var lock = DriverLock.open(file)) {
            if (!lock.tryHost()) {
                return false;
            }
            if (lock.hasRemains()) {
                IoUtil.delete(directory.toFile(), true);
            }
            lock.delete();
            lock.release();
            return !Files.exists(directory);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(client, hosted, lock);
    }

    private static Path lockFile(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".lock");
    }

    private Aeron hostOrJoin(DriverLock driverLock) {
        long deadline = System.nanoTime() + JOIN_TIMEOUT_NS;
        while (true) {
            if (tryHost(driverLock) || driverLock.isReady()) {
                joinedLife = driverLock.life();
                var joined = connectUnlessDead(driverLock);
                if (joined != null) {
                    return joined;
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DriverNotFound("expected the process that holds " + lockFile(directory) + " to launch a media driver within "
                    + TimeUnit.NANOSECONDS.toSeconds(JOIN_TIMEOUT_NS) + " s, found none: is it stopped? End it, and try again", null);
            }
            LockSupport.parkNanos(JOIN_RETRY_NS);
        }
    }

    /** Null when the driver has died meanwhile, also when another has taken its place: which of them was joined is not known then. */
    private @Nullable Aeron connectUnlessDead(DriverLock driverLock) {
        try {
            var connected = connect();
            if (isJoinedAlive(driverLock)) {
                return connected;
            }
            connected.close();
        } catch (DriverNotFound e) {
            if (isJoinedAlive(driverLock)) {
                throw e; // it lives and does not answer
            }
        }
        return null;
    }

    /** True when this process hosts the driver. */
    private boolean tryHost(DriverLock driverLock) {
        if (hosted == null && driverLock.tryHost()) {
            try {
                hosted = new HostedDriver(directory, driverLock, options.liveness());
            } catch (AeronException e) {
                throw new DriverNotFound("expected to launch a media driver in " + directory + ", found: " + e.getMessage()
                    + "; name another directory with the parameter dir, or use a driver of others with driver=external", e);
            }
        }
        return hosted != null;
    }

    private Aeron connect() {
        try {
            return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.toString())
                .clientName(options.participant())
                .driverTimeoutMs(options.liveness().toMillis())
                .keepAliveIntervalNs(Math.min(TimeUnit.MILLISECONDS.toNanos(500), options.liveness().toNanos() / 4))
                .threadFactory(AeronNode::daemon)
                .closeLingerDurationNs(CLOSE_LINGER_NS)
                .errorHandler(this::onError)
                .subscriberErrorHandler(this::onError));
        } catch (DriverTimeoutException e) {
            throw new DriverNotFound("expected a media driver in " + directory + ", found none that answers (" + e.getMessage()
                + "): start it, or name another directory with the parameter dir", e);
        }
    }

    /** A thread of Aeron: a process ends when its own work has, also when it forgets to close. */
    static Thread daemon(Runnable work) {
        return Thread.ofPlatform().daemon().unstarted(work);
    }

    /** On the client's thread, which after an error that it cannot live with ends with a termination. */
    private void onError(Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            lastError = error;
            LOG.log(System.Logger.Level.WARNING, "Aeron client of " + directory + ": " + error.getMessage());
        }
    }
}

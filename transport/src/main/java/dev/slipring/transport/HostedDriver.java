package dev.slipring.transport;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** A media driver within this process, for all processes that join it. Whoever launches it holds the lock. */
final class HostedDriver implements AutoCloseable {
    /** As Aeron has it for UDP; its 64 MiB for IPC are a file of 192 MiB for each stream. */
    private static final int TERM_LENGTH = 16 << 20;
    /** As Aeron's own settings for IPC have it. Longer ones go with terms of 512 KiB or more only: for those who ask in their URI. */
    private static final int IPC_MTU = 8 << 10;
    private static final int SPINS = 10;
    private static final int YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    /** Aeron's 1 ms is long for whoever sends over UDP now and then, and waits for the driver to wake up. */
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    /** Aeron looks once a second whether a stream that was left is read to its end; nobody should wait for that. */
    private static final long TIMER_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Of several timeouts that Aeron has at half its liveness of 10 s. */
    private static final long DEFAULT_HALF_NS = TimeUnit.SECONDS.toNanos(5);

    private final DriverLock lock;
    private final MediaDriver driver;

    /** Launches it; throws what Aeron throws, and {@link DriverNotFound}, and then leaves the lock to others. */
    HostedDriver(Path directory, DriverLock lock, Duration liveness) {
        this.lock = lock;
        try {
            if (!lock.hasRemains()) {
                requireNobodyElses(directory, liveness);
            }
            lock.expectRemains();
            driver = MediaDriver.launch(settings(directory, liveness));
            lock.setReady();
        } catch (Throwable e) {
            lock.release();
            throw e;
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(driver, lock::release);
    }

    /** A driver begins with deleting its directory, whatever it is. What no host of ours has left there may be somebody's. */
    private static void requireNobodyElses(Path directory, Duration liveness) {
        if (CommonContext.isDriverActive(directory.toFile(), liveness.toMillis(), message -> { })) {
            throw new DriverNotFound("expected no media driver in " + directory + ", or an embedded one, found one of others:"
                + " to use it, add driver=external", null);
        }
        var files = directory.toFile().list();
        if (files != null && files.length > 0 && !Files.exists(directory.resolve(CncFileDescriptor.CNC_FILE))) {
            throw new DriverNotFound("expected " + directory + " to be missing, empty, or a media driver's, found other files in it: name "
                + "another directory with the parameter dir", null);
        }
    }

    /** One thread for everything, which leaves the processors to others when it has nothing to do. */
    private static MediaDriver.Context settings(Path directory, Duration liveness) {
        long livenessNs = liveness.toNanos();
        long halfNs = Math.min(DEFAULT_HALF_NS, livenessNs / 2);
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED)
            .sharedIdleStrategy(idle())
            .sharedThreadFactory(AeronNode::daemon)
            .ipcTermBufferLength(TERM_LENGTH)
            .ipcMtuLength(IPC_MTU)
            .driverTimeoutMs(liveness.toMillis())
            .timerIntervalNs(Math.min(TIMER_NS, livenessNs / 10))
            .clientLivenessTimeoutNs(livenessNs)
            .imageLivenessTimeoutNs(livenessNs)
            .publicationConnectionTimeoutNs(halfNs)
            .publicationUnblockTimeoutNs(livenessNs + livenessNs / 2)
            .publicationLingerTimeoutNs(halfNs)
            .untetheredWindowLimitTimeoutNs(halfNs)
            .untetheredRestingTimeoutNs(livenessNs);
    }

    private static IdleStrategy idle() {
        return new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }
}

package dev.slipring.examples.video;

import dev.slipring.frame.Lease;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest frame as the browser wants it: red, green, blue and opacity, scaled down by leaving out pixels. Made only if somebody has
 * asked for one lately.
 *
 * <p>Threads: one puts, any ask.
 */
final class Newest {
    private static final int MAX_WIDTH = 640;
    private static final int BYTES = 4;
    private static final long LATELY_NS = TimeUnit.SECONDS.toNanos(2);
    private static final byte OPAQUE = (byte) 0xff;

    private @Nullable Shown shown;
    private long askedNs = System.nanoTime() - LATELY_NS;

    /** A frame for the browser; nobody changes the pixels. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them either
    record Shown(long number, int width, int height, byte[] pixels) {
    }

    /** Takes what there is to see of a frame. */
    void put(Lease lease) {
        if (!isWanted()) {
            return;
        }
        var format = lease.format();
        var video = VideoFormat.of(format);
        int step = (format.width() + MAX_WIDTH - 1) / MAX_WIDTH;
        int width = format.width() / step;
        int height = format.height() / step;
        var pixels = new byte[width * height * BYTES];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += BYTES) {
                video.rgb(lease.buffer(), format, x * step, y * step, pixels, at);
                pixels[at + BYTES - 1] = OPAQUE;
            }
        }
        show(new Shown(lease.sequence(), width, height, pixels));
    }

    /** A frame behind this one; waits a little for it, and returns null when none has come. */
    synchronized @Nullable Shown after(long number, long patienceMs) throws InterruptedException {
        askedNs = System.nanoTime();
        long deadline = askedNs + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        while (shown == null || shown.number() <= number) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return null;
            }
            wait(leftMs);
        }
        return shown;
    }

    private synchronized boolean isWanted() {
        return System.nanoTime() - askedNs < LATELY_NS;
    }

    private synchronized void show(Shown next) {
        shown = next;
        notifyAll();
    }
}

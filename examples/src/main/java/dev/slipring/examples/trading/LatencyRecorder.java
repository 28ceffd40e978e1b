package dev.slipring.examples.trading;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Records delays since the time at which a trade was due to be sent, not since it was sent: when the feed is late, whoever waits for the
 * trade waits that much longer, and the figures say so.
 */
final class LatencyRecorder {
    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final double P50 = 50;
    private static final double P90 = 90;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private final Histogram histogram = new Histogram(MAX_NS, DIGITS);

    /** Records the time from {@code intendedNs} to now. */
    void record(long intendedNs) {
        long delay = System.nanoTime() - intendedNs;
        if (delay < 0) {
            throw new IllegalStateException("a message arrived " + -delay + " ns before it was due: the processes' clocks differ");
        }
        histogram.recordValue(Math.min(delay, MAX_NS));
    }

    Latency latency() {
        return new Latency(histogram.getTotalCount(), histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue(),
            histogram.getValueAtPercentile(P50), histogram.getValueAtPercentile(P90), histogram.getValueAtPercentile(P99),
            histogram.getValueAtPercentile(P999), histogram.getMaxValue());
    }
}

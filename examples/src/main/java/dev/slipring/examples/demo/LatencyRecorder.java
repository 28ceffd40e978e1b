package dev.slipring.examples.demo;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Records delays since a time of this machine's monotonic clock. Of a message, take the time at which it was due to be sent, not that at
 * which it was sent: when its sender is late, whoever waits for it waits that much longer, and the figures say so.
 */
public final class LatencyRecorder {
    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final double P50 = 50;
    private static final double P90 = 90;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private final Histogram histogram = new Histogram(MAX_NS, DIGITS);

    /** Records the time from {@code intendedNs} to now. */
    public void record(long intendedNs) {
        long delay = System.nanoTime() - intendedNs;
        if (delay < 0) {
            throw new IllegalStateException("something arrived " + -delay + " ns before it was due: the processes' clocks differ");
        }
        histogram.recordValue(Math.min(delay, MAX_NS));
    }

    /** What was recorded so far. */
    public Latency latency() {
        return new Latency(histogram.getTotalCount(), histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue(),
            histogram.getValueAtPercentile(P50), histogram.getValueAtPercentile(P90), histogram.getValueAtPercentile(P99),
            histogram.getValueAtPercentile(P999), histogram.getMaxValue());
    }
}

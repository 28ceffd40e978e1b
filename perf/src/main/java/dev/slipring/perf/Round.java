package dev.slipring.perf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one process measured in one round.
 *
 * @param messages  how many were sent
 * @param values    what it measured; empty at the end that does not measure
 * @param latencies all of them, where they were measured: a compressed HdrHistogram of nanoseconds in Base64
 */
record Round(long messages, Map<Metric, Double> values, @Nullable String latencies) {
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    static Histogram newHistogram() {
        return new Histogram(LONGEST_NS, DIGITS);
    }

    /** Records a latency that may be out of range. */
    static void record(Histogram histogram, long ns) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_NS, ns)));
    }

    static Round ofNothing(long messages) {
        return new Round(messages, Map.of(), null);
    }

    static Round ofRate(long messages, long counted, long elapsedNs) {
        return new Round(messages, Map.of(Metric.RATE, counted * 1e3 / elapsedNs), null);
    }

    static Round ofLatencies(long messages, Histogram histogram) {
        var values = new EnumMap<Metric, Double>(Metric.class);
        values.put(Metric.P50, (double) histogram.getValueAtPercentile(50));
        values.put(Metric.P99, (double) histogram.getValueAtPercentile(99));
        values.put(Metric.P999, (double) histogram.getValueAtPercentile(99.9));
        values.put(Metric.MAX, (double) histogram.getMaxValue());
        var bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return new Round(messages, values, Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length)));
    }

    /** All latencies; none where they were not measured. */
    Histogram histogram() {
        if (latencies == null) {
            return newHistogram();
        }
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(latencies)), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException("not a histogram: " + latencies, e);
        }
    }

    /** @param lost how many of the messages did not arrive; nothing is said of none */
    Round withLost(long lost) {
        return lost == 0 ? this : with(Metric.LOST, 100.0 * lost / messages);
    }

    Round with(Metric metric, double value) {
        var more = new EnumMap<Metric, Double>(values);
        more.put(metric, value);
        return new Round(messages, more, latencies);
    }

    double value(Metric metric) {
        Double value = metric == Metric.LOST ? values.getOrDefault(metric, 0.0) : values.get(metric);
        if (value == null) {
            throw new IllegalStateException("a round without " + metric.title() + ": " + this);
        }
        return value;
    }
}

package dev.slipring.perf;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one process measured in one round.
 *
 * @param messages how many it sent or received
 * @param values   what it measured; empty at the end that does not measure
 */
record Round(long messages, Map<Metric, Double> values) {
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
        return new Round(messages, Map.of());
    }

    static Round ofRate(long messages, long counted, long elapsedNs) {
        return new Round(messages, Map.of(Metric.RATE, counted * 1e3 / elapsedNs));
    }

    static Round ofLatencies(long messages, Histogram histogram) {
        var values = new EnumMap<Metric, Double>(Metric.class);
        values.put(Metric.P50, (double) histogram.getValueAtPercentile(50));
        values.put(Metric.P99, (double) histogram.getValueAtPercentile(99));
        values.put(Metric.P999, (double) histogram.getValueAtPercentile(99.9));
        values.put(Metric.MAX, (double) histogram.getMaxValue());
        return new Round(messages, values);
    }

    Round with(Metric metric, double value) {
        var more = new EnumMap<Metric, Double>(values);
        more.put(metric, value);
        return new Round(messages, more);
    }

    double value(Metric metric) {
        Double value = values.get(metric);
        if (value == null) {
            throw new IllegalStateException("a round without " + metric.title() + ": " + this);
        }
        return value;
    }
}

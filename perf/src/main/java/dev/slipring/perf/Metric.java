package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import java.util.List;
import java.util.Locale;

/** What is measured in a round. */
enum Metric {
    /** Median latency. */
    P50("p50 ns", "%,.0f"),
    /** One in a hundred is slower. */
    P99("p99 ns", "%,.0f"),
    /** One in a thousand is slower. */
    P999("p99.9 ns", "%,.0f"),
    /** The slowest. */
    MAX("max ns", "%,.0f"),
    /** Elapsed time by number of round trips, without reading the clock in between. */
    MEAN("mean ns*", "%,.0f"),
    /** Millions of messages per second. */
    RATE("M msg/s", "%,.3f"),
    /** Of what was sent, in percent; only where messages may be lost. */
    LOST("lost %", "%,.2f");

    private final String title;
    private final String format;

    Metric(String title, String format) {
        this.title = title;
        this.format = format;
    }

    /** What a table shows; the first is what matters most. */
    static List<Metric> of(Mode mode) {
        return switch (mode) {
            case ROUND_TRIP -> List.of(P50, P99, P999, MEAN);
            case FLOOD -> List.of(RATE);
            case FIXED_RATE -> List.of(P50, P99, P999);
        };
    }

    String title() {
        return title;
    }

    String format(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

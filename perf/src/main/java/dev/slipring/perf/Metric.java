package dev.slipring.perf;

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
    RATE("M msg/s", "%,.2f");

    private final String title;
    private final String format;

    Metric(String title, String format) {
        this.title = title;
        this.format = format;
    }

    String title() {
        return title;
    }

    String format(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

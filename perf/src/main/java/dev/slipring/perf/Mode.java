package dev.slipring.perf;

import java.util.List;

/** How the two processes of a pair keep each other busy. */
enum Mode {
    /** Closed loop: one message there, one back, then the next. Measured where it starts. */
    ROUND_TRIP("round trip", End.NEAR),
    /** As fast as it goes, one way. Measured where it arrives. */
    FLOOD("flood", End.FAR),
    /** Open loop, one way: the intended time of sending is what counts, however late it was sent. Measured where it arrives. */
    FIXED_RATE("fixed rate", End.FAR);

    private final String title;
    private final End measuredBy;

    /** The two processes of a pair. */
    enum End {
        /** Sends first. */
        NEAR,
        /** Receives first. */
        FAR
    }

    Mode(String title, End measuredBy) {
        this.title = title;
        this.measuredBy = measuredBy;
    }

    String title() {
        return title;
    }

    End measuredBy() {
        return measuredBy;
    }

    /** What a table shows; the first is what matters most. */
    List<Metric> metrics() {
        return switch (this) {
            case ROUND_TRIP -> List.of(Metric.P50, Metric.P99, Metric.P999, Metric.MEAN);
            case FLOOD -> List.of(Metric.RATE);
            case FIXED_RATE -> List.of(Metric.P50, Metric.P99, Metric.P999);
        };
    }
}

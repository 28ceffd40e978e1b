package dev.slipring.perf.candidate;

/** How the two processes of a pair keep each other busy. */
public enum Mode {
    /** Closed loop: one message there, one back, then the next. Measured where it starts. */
    ROUND_TRIP("round trip", End.NEAR),
    /** As fast as it goes, one way. Measured where it arrives. */
    FLOOD("flood", End.FAR),
    /** Open loop, one way: the intended time of sending is what counts, however late it was sent. Measured where it arrives. */
    FIXED_RATE("fixed rate", End.FAR);

    private final String title;
    private final End measuredBy;

    /** The two processes of a pair. */
    public enum End {
        /** Sends first. */
        NEAR,
        /** Receives first. */
        FAR
    }

    Mode(String title, End measuredBy) {
        this.title = title;
        this.measuredBy = measuredBy;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The end whose figures count. */
    public End measuredBy() {
        return measuredBy;
    }
}

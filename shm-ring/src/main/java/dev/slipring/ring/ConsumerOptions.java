package dev.slipring.ring;

import java.util.Objects;

/**
 * How a consumer goes about its work. Immutable; each method gives a changed copy.
 *
 * @param releaseEveryBytes how much may be read before the producer gets the space back, within one poll; 1 or more
 * @param onFailure         what becomes of a message whose handler threw
 */
public record ConsumerOptions(int releaseEveryBytes, OnFailure onFailure) {
    /** Space is released every 64 KiB and at the end of each poll; a failed message comes again. */
    public static final ConsumerOptions STANDARD = new ConsumerOptions(64 * 1024, OnFailure.REDELIVER);

    /** What becomes of a message whose handler threw. The exception itself always reaches the caller of the poll. */
    public enum OnFailure {
        /** It is delivered again by the next poll. */
        REDELIVER,
        /** It counts as consumed. */
        SKIP
    }

    /** Checks the range. */
    public ConsumerOptions {
        Objects.requireNonNull(onFailure, "onFailure");
        if (releaseEveryBytes < 1) {
            throw new IllegalArgumentException("releaseEveryBytes=" + releaseEveryBytes + " is not 1 or more");
        }
    }

    /** Another amount. */
    public ConsumerOptions releaseEvery(int bytes) {
        return new ConsumerOptions(bytes, onFailure);
    }

    /** Another treatment of failures. */
    public ConsumerOptions onFailure(OnFailure other) {
        return new ConsumerOptions(releaseEveryBytes, other);
    }
}

package dev.slipring.frame;

import java.util.Objects;

/**
 * What a consumer wants of the stream, and how many frames it may have in hand. Immutable.
 *
 * @param kind      what becomes of frames that it is too slow for
 * @param queued    how many published frames may wait for it, 1…254; 1 for LATEST
 * @param maxLeases how many leases it may have open at once, 1…48
 */
public record ConsumerPolicy(Kind kind, int queued, int maxLeases) {
    private static final int MAX_QUEUED = PoolDescriptor.MAX_FRAMES - 2;

    /** What becomes of frames that a consumer is too slow for. The ordinal is part of the layout. */
    public enum Kind {
        /** Only the newest counts. GStreamer: a leaky queue of one buffer. */
        LATEST,
        /** Every one, as long as no more wait than said; then the oldest is dropped, and counted. GStreamer: {@code leaky=downstream}. */
        EVERY,
        /** Every one: the producer is refused a loan while as many wait as said. GStreamer: a queue that does not leak. */
        LOSSLESS
    }

    /** Checks the ranges. */
    public ConsumerPolicy {
        Objects.requireNonNull(kind, "kind");
        int most = kind == Kind.LATEST ? 1 : MAX_QUEUED;
        if (queued < 1 || queued > most) {
            throw new IllegalArgumentException("queued=" + queued + " is outside 1…" + most + " for " + kind);
        }
        if (maxLeases < 1 || maxLeases > PoolDescriptor.MAX_LEASES) {
            throw new IllegalArgumentException("maxLeases=" + maxLeases + " is outside 1…" + PoolDescriptor.MAX_LEASES);
        }
    }

    /** The newest frame only, one lease at a time. */
    public static ConsumerPolicy latest() {
        return new ConsumerPolicy(Kind.LATEST, 1, 1);
    }

    /** Every frame, of which so many may wait before the oldest is dropped; one lease at a time. */
    public static ConsumerPolicy every(int queued) {
        return new ConsumerPolicy(Kind.EVERY, queued, 1);
    }

    /** Every frame, of which so many may wait before the producer is refused; one lease at a time. */
    public static ConsumerPolicy lossless(int queued) {
        return new ConsumerPolicy(Kind.LOSSLESS, queued, 1);
    }

    /**
     * How many may wait before the oldest is dropped. A lossless consumer that comes while a frame is on loan begins with the newest before
     * it: then one more waits than the producer allows from there on.
     */
    int depth() {
        return kind == Kind.LOSSLESS ? queued + 1 : queued;
    }

    /** So many leases at once. */
    public ConsumerPolicy holding(int leases) {
        return new ConsumerPolicy(kind, queued, leases);
    }
}

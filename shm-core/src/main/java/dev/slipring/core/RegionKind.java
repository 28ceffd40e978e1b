package dev.slipring.core;

import java.util.Optional;

/** What the data area of a region holds. The code is part of the layout. */
public enum RegionKind {
    /** One producer, one consumer, every message once, in order. */
    SPSC_RING(1),
    /** Many producers, one consumer, every message once, in the order of the claims. */
    MPSC_RING(2),
    /** One producer that waits for nobody, any number of readers that know what they missed. */
    BROADCAST_RING(3),
    /** Slots: the newest value of each, and the last few before it. */
    SLOT_TABLE(4),
    /** Large frames that are handed over without a copy. */
    FRAME_POOL(5);

    private static final long MAX_RING = 1L << 30;
    private static final long MAX_POOL = 1L << 39;

    private final int code;

    RegionKind(int code) {
        this.code = code;
    }

    /** How regions and recordings say it. */
    public int code() {
        return code;
    }

    /** Most bytes of data. What is mapped at once is less than 2 GiB, and the whole file ends far before the lock bytes. */
    long maxCapacity() {
        return this == FRAME_POOL ? MAX_POOL : MAX_RING;
    }

    /** The kind with this code. */
    public static Optional<RegionKind> of(int code) {
        for (var kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

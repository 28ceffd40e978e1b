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
    SLOT_TABLE(4);

    private final int code;

    RegionKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<RegionKind> of(int code) {
        for (var kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

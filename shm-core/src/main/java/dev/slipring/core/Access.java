package dev.slipring.core;

/** How much of a region a participant may write. Whoever need not write the data cannot: its mapping is read-only. */
public enum Access {
    /** Reads everything, writes nothing, is unknown to others. */
    WATCH,
    /** Writes control areas (its participant record, its cursor), reads the data. */
    JOIN,
    /** Writes control areas, producer words and data. */
    OWN;

    boolean mayWrite(Area area) {
        return switch (area) {
            case HEADER -> false;
            case PARTICIPANTS, COUNTERS, CONSUMER, WAITERS, CHECKPOINTS -> this != WATCH;
            case PRODUCER, DATA -> this == OWN;
        };
    }
}

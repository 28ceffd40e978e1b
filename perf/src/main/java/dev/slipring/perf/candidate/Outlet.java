package dev.slipring.perf.candidate;

import org.agrona.MutableDirectBuffer;

/** The sending end of a candidate: claim, write in place, commit. */
public interface Outlet extends AutoCloseable {
    /** Returned by {@link #claim} when there is no room now. */
    int NO_ROOM = -1;

    /** Room for a message: its offset in {@link #buffer()}, or {@link #NO_ROOM}. */
    int claim(int length);

    /** Where the claimed message is written to. */
    MutableDirectBuffer buffer();

    /** Sends what was claimed; a candidate that batches may hold it back until {@link #flush()} or until it has no room. */
    void commit();

    /** Sends what was held back. */
    default void flush() {
        // most hold nothing back
    }

    @Override
    default void close() {
        // what is only mapped goes with the process
    }
}

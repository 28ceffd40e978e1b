package dev.slipring.core;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A buffer that somebody writes to in place: {@link Memory#wrap} points it at shared memory. It keeps its keeper, and through it the
 * mapping, reachable for as long as somebody can write to it.
 */
public final class Room extends UnsafeBuffer {
    @SuppressWarnings("unused")
    private final Object keeper;

    /** Points at nothing yet. */
    public Room(Object keeper) {
        super(0, 0);
        this.keeper = keeper;
    }
}

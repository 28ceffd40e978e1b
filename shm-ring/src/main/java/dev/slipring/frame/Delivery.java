package dev.slipring.frame;

/** What a consumer was given. */
public enum Delivery {
    /** A frame: it is leased. */
    FRAME,
    /** Nothing new: a producer lives and has published nothing since, or none came yet. */
    NOTHING,
    /** Nothing new, no producer lives, and the last one left in order. A new one reopens the flow. */
    CLOSED,
    /** Nothing new, no producer lives, and the last one died. A new one reopens the flow. */
    PRODUCER_DEAD
}

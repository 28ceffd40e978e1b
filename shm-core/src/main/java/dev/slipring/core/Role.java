package dev.slipring.core;

/** What a participant does in a region. The ordinal is part of the layout: append only. */
public enum Role {
    /** Puts records in. */
    PRODUCER,
    /** Takes records out. */
    CONSUMER
}

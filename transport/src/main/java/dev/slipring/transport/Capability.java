package dev.slipring.transport;

/**
 * What one transport promises and another does not. Order, no repetition, and whole messages are promised by all. Each of these is tested
 * in both directions: that it holds where it is claimed, and does not where it is not.
 */
public enum Capability {
    /** Whatever was accepted reaches every subscriber that is connected and lives; a slow one makes the publisher wait. */
    LOSSLESS,

    /**
     * What was accepted and not yet read outlives both sides: it waits for a subscriber that comes late, and a successor goes on where its
     * predecessor, left or killed, stopped (at least once). Without it, a late subscriber begins with what is sent from then on, or a
     * little before, with what another has read: where Aeron's driver last saw the slowest subscriber.
     */
    DURABLE,

    /**
     * {@link Subscription#PUBLISHER_DEAD} whenever a publisher died, by the kernel's word, soon, and never for one that stands still.
     * Without it, a publisher is taken for gone when it was silent for too long, and whether it closed or died cannot be told.
     */
    NAMES_DEATH,

    /** More than one publication at a time; their messages are not ordered among each other. */
    MANY_PUBLISHERS,

    /** More than one subscription at a time, each receiving everything. */
    MANY_SUBSCRIBERS,

    /** The two sides need nothing in common but a network. */
    CROSS_MACHINE
}

package dev.slipring.core;

/** The areas of a region file, in file order. What stands in each is said by the {@code *Descriptor} of its user. */
public enum Area {
    /** The immutable, checked header: {@link RegionDescriptor}. */
    HEADER,
    /** Who takes part: {@link ParticipantDescriptor}. */
    PARTICIPANTS,
    /** How many attached, left and died per role, and the journal of the change in progress: {@link CountersDescriptor}. */
    COUNTERS,
    /** Words that only the consumer stores to. */
    CONSUMER,
    /** Words on which a side sleeps: {seq, sleepers} each. Zeros while the region does not park. */
    WAITERS,
    /** Positions to start from after a restart. */
    CHECKPOINTS,
    /** Words that only producers store to. */
    PRODUCER,
    /** Records, cells or frames. */
    DATA
}

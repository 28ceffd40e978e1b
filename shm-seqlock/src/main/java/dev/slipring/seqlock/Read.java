package dev.slipring.seqlock;

/** What came of a read. Where a value is delivered, it is whole and validated; where none is, the one delivered before stays. */
public enum Read {
    /** A value is delivered. Whether its writer lives was not doubted, or the kernel says so, or it left in order. */
    OK,
    /** The newest value is delivered, but the kernel says that its slot's writer is dead: nobody has taken over yet. */
    WRITER_DEAD,
    /** There is no such value yet: nothing was written, or the slot was not added. */
    NONE_YET,
    /** No value could be copied whole within the budget of tries: its writers are faster than this reader just now. Try again. */
    BUSY,
    /** The value was there, and is no longer among the retained ones. */
    OVERWRITTEN;

    /** Whether a value is delivered. */
    public boolean isDelivered() {
        return this == OK || this == WRITER_DEAD;
    }
}

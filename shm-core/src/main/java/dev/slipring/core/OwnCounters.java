package dev.slipring.core;

import org.jspecify.annotations.Nullable;

/**
 * What a participant counts of itself, in its own slot, for people and tools: {@link ParticipantCounts} says what each count means.
 *
 * <p>Counted is what is out of the ordinary: a refusal, a sleep, a loss. So no message costs a store here. The words lie on a line of their
 * own, have this one writer, and are stored opaque: whoever reads them sees each grow, and nothing else follows from them.
 *
 * <p>Threads: the one that owns the handle. Allocates: nothing. After a close, and for a watcher, who has no slot, nothing is stored.
 */
public final class OwnCounters {
    private final @Nullable Memory slots;
    private final int slot;
    private long stalls;
    private long stalledAt = -1;
    private long sleeps;
    private long gaps;
    private long lost;

    /** @param slots the participants' table, in which the slot is zeroed; null for a watcher */
    OwnCounters(@Nullable Memory slots, int slot) {
        this.slots = slots;
        this.slot = slot;
    }

    /** Refused for want of room. Counted once, however often it is tried again at that position. */
    public void stalled(long position) {
        if (position != stalledAt) {
            stalledAt = position;
            stalls++;
            store(ParticipantDescriptor.stallsOffset(slot), stalls);
        }
    }

    /** Has slept in the kernel. */
    void slept() {
        sleeps++;
        store(ParticipantDescriptor.sleepsOffset(slot), sleeps);
    }

    /** So many messages, one behind the other, were overwritten before they were read. */
    public void missed(long messages) {
        gaps++;
        lost += messages;
        store(ParticipantDescriptor.gapsOffset(slot), gaps);
        store(ParticipantDescriptor.lostOffset(slot), lost);
    }

    private void store(int offset, long value) {
        if (slots != null) {
            slots.putLongOpaque(offset, value);
        }
    }
}

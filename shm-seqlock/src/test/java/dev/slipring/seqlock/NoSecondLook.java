package dev.slipring.seqlock;

import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;

/** A reader's mistake: its second look at the stamp always finds what the first found. */
public final class NoSecondLook extends ForwardingMemory {
    private long first;

    /** Puts the mistake on top of a reader's data. */
    public NoSecondLook(Memory memory) {
        super(memory);
    }

    @Override
    public long getLongAcquire(int offset) {
        first = super.getLongAcquire(offset);
        return first;
    }

    @Override
    public long getLongOpaque(int offset) {
        return first;
    }
}

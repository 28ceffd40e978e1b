package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;

/** A broadcast producer's mistake: what it overwrites is announced with the next message, when it is overwritten already. */
public final class LateIntent extends ForwardingMemory {
    private long late;

    private LateIntent(Memory words) {
        super(words);
    }

    /** Puts the mistake on top of the memories of a producer. */
    public static MemorySeam over(MemorySeam under) {
        return (area, mapped) -> {
            var memory = under.wrap(area, mapped);
            return area == Area.PRODUCER ? new LateIntent(memory) : memory;
        };
    }

    /** Nothing but the intent is stored so. */
    @Override
    public void putLongOpaque(int offset, long intent) {
        super.putLongOpaque(offset, late);
        late = intent;
    }
}

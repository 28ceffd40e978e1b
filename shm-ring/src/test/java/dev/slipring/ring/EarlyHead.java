package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.util.EnumMap;
import java.util.Map;

/**
 * A consumer's mistake: it gives a record's space back when it has seen the header, before the payload is read. For records of one length.
 */
public final class EarlyHead implements MemorySeam {
    private final MemorySeam under;
    private final int stride;
    private final Map<Area, Memory> memories = new EnumMap<>(Area.class);

    /** Puts the mistake on top of the memories of a consumer, for records of {@code stride} bytes. */
    public EarlyHead(MemorySeam under, int stride) {
        this.under = under;
        this.stride = stride;
    }

    @Override
    public Memory wrap(Area area, Memory mapped) {
        var memory = under.wrap(area, mapped);
        memories.put(area, memory);
        return area == Area.DATA ? new Data(memory) : memory;
    }

    private final class Data extends ForwardingMemory {
        Data(Memory inner) {
            super(inner);
        }

        @Override
        public long getLongAcquire(int offset) {
            long header = super.getLongAcquire(offset);
            var words = memories.get(Area.CONSUMER);
            if (header > 0 && words != null) {
                words.putLongRelease(SpscDescriptor.HEAD_OFFSET, words.getLong(SpscDescriptor.HEAD_OFFSET) + stride);
            }
            return header;
        }
    }
}

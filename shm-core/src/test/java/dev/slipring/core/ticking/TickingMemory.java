package dev.slipring.core.ticking;

import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;

/**
 * A memory that ticks before each access, so that Lincheck may interleave there. Accesses happen one after the other, in program order:
 * a missing release or fence is not seen by this (but by {@link dev.slipring.core.recording.Recording}), a wrong order of steps is.
 */
public final class TickingMemory extends ForwardingMemory {
    private final Clock clock;

    /** Puts ticks before the accesses of {@code inner}. */
    public TickingMemory(Memory inner, Clock clock) {
        super(inner);
        this.clock = clock;
    }

    @Override
    protected void beforeAccess() {
        clock.tick();
    }
}

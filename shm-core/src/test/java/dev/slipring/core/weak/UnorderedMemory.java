package dev.slipring.core.weak;

import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;

/** Orders nothing: every load and store is plain, fences do nothing. What goes wrong then is up to compiler and processor. */
public final class UnorderedMemory extends ForwardingMemory {
    private final Memory inner;

    /** Takes the order from the accesses of {@code inner}. */
    public UnorderedMemory(Memory inner) {
        super(inner);
        this.inner = inner;
    }

    @Override
    public int getIntAcquire(int offset) {
        return inner.getInt(offset);
    }

    @Override
    public long getLongAcquire(int offset) {
        return inner.getLong(offset);
    }

    @Override
    public long getLongOpaque(int offset) {
        return inner.getLong(offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        inner.putInt(offset, value);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        inner.putLong(offset, value);
    }

    @Override
    public void putLongOpaque(int offset, long value) {
        inner.putLong(offset, value);
    }

    @Override
    public void loadLoadFence() {
        // not made
    }

    @Override
    public void storeStoreFence() {
        // not made
    }

    @Override
    public void fullFence() {
        // not made
    }

    @Override
    public void lightFence() {
        // not made
    }

    @Override
    public boolean heavyFence() {
        return true; // not made
    }
}

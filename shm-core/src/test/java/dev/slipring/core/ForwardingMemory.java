package dev.slipring.core;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Passes every call on to another memory: the base of those that change some of them. */
public abstract class ForwardingMemory implements Memory {
    private final Memory inner;

    /** Passes on to {@code inner}. */
    protected ForwardingMemory(Memory inner) {
        this.inner = inner;
    }

    /** Called before each load, store and fence. */
    protected void beforeAccess() {
        // nothing, unless somebody wants to know
    }

    @Override
    public int capacity() {
        return inner.capacity();
    }

    @Override
    public int getInt(int offset) {
        beforeAccess();
        return inner.getInt(offset);
    }

    @Override
    public int getIntAcquire(int offset) {
        beforeAccess();
        return inner.getIntAcquire(offset);
    }

    @Override
    public long getLong(int offset) {
        beforeAccess();
        return inner.getLong(offset);
    }

    @Override
    public long getLongAcquire(int offset) {
        beforeAccess();
        return inner.getLongAcquire(offset);
    }

    @Override
    public long getLongOpaque(int offset) {
        beforeAccess();
        return inner.getLongOpaque(offset);
    }

    @Override
    public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
        beforeAccess();
        inner.copyOut(offset, destination, destinationOffset, length);
    }

    @Override
    public void loadLoadFence() {
        beforeAccess();
        inner.loadLoadFence();
    }

    @Override
    public DirectBuffer buffer() {
        return inner.buffer();
    }

    @Override
    public void putInt(int offset, int value) {
        beforeAccess();
        inner.putInt(offset, value);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        beforeAccess();
        inner.putIntRelease(offset, value);
    }

    @Override
    public void putLong(int offset, long value) {
        beforeAccess();
        inner.putLong(offset, value);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        beforeAccess();
        inner.putLongRelease(offset, value);
    }

    @Override
    public void putLongOpaque(int offset, long value) {
        beforeAccess();
        inner.putLongOpaque(offset, value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        beforeAccess();
        return inner.compareAndSetInt(offset, expected, update);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        beforeAccess();
        return inner.compareAndSetLong(offset, expected, update);
    }

    @Override
    public void copyIn(int offset, DirectBuffer source, int sourceOffset, int length) {
        beforeAccess();
        inner.copyIn(offset, source, sourceOffset, length);
    }

    @Override
    public void storeStoreFence() {
        beforeAccess();
        inner.storeStoreFence();
    }

    @Override
    public void fullFence() {
        beforeAccess();
        inner.fullFence();
    }

    @Override
    public void lightFence() {
        beforeAccess();
        inner.lightFence();
    }

    @Override
    public boolean heavyFence() {
        beforeAccess();
        return inner.heavyFence();
    }

    @Override
    public void wrap(UnsafeBuffer view, int offset, int length) {
        inner.wrap(view, offset, length);
    }
}

package dev.slipring.core;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A memory that tells a spy before each store and fence; the spy may throw, and then the store does not happen. */
final class SpyMemory implements Memory {
    private final Memory inner;
    private final Spy spy;

    SpyMemory(Memory inner, Spy spy) {
        this.inner = inner;
        this.spy = spy;
    }

    /** Is told of a store ("plain", "release", "opaque", "cas") or a fence (offset -1) before it happens. */
    @FunctionalInterface
    interface Spy {
        void before(String operation, int offset);
    }

    /** The process dies at its k-th store, and never stores again. */
    static final class DiesAt implements Spy {
        private final int store;
        private int stores;

        DiesAt(int store) {
            this.store = store;
        }

        boolean died() {
            return stores >= store;
        }

        @Override
        public void before(String operation, int offset) {
            if (offset >= 0 && ++stores >= store) {
                throw new Killed();
            }
        }
    }

    /** Thrown at the store that does not happen. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void putInt(int offset, int value) {
        spy.before("plain", offset);
        inner.putInt(offset, value);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        spy.before("release", offset);
        inner.putIntRelease(offset, value);
    }

    @Override
    public void putLong(int offset, long value) {
        spy.before("plain", offset);
        inner.putLong(offset, value);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        spy.before("release", offset);
        inner.putLongRelease(offset, value);
    }

    @Override
    public void putLongOpaque(int offset, long value) {
        spy.before("opaque", offset);
        inner.putLongOpaque(offset, value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        spy.before("cas", offset);
        return inner.compareAndSetInt(offset, expected, update);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        spy.before("cas", offset);
        return inner.compareAndSetLong(offset, expected, update);
    }

    @Override
    public void copyIn(int offset, DirectBuffer source, int sourceOffset, int length) {
        spy.before("plain", offset);
        inner.copyIn(offset, source, sourceOffset, length);
    }

    @Override
    public void storeStoreFence() {
        spy.before("fence", -1);
        inner.storeStoreFence();
    }

    @Override
    public void fullFence() {
        spy.before("fence", -1);
        inner.fullFence();
    }

    @Override
    public void lightFence() {
        spy.before("fence", -1);
        inner.lightFence();
    }

    @Override
    public boolean heavyFence() {
        spy.before("fence", -1);
        return inner.heavyFence();
    }

    @Override
    public void wrap(UnsafeBuffer view, int offset, int length) {
        inner.wrap(view, offset, length);
    }

    @Override
    public int capacity() {
        return inner.capacity();
    }

    @Override
    public int getInt(int offset) {
        return inner.getInt(offset);
    }

    @Override
    public int getIntAcquire(int offset) {
        return inner.getIntAcquire(offset);
    }

    @Override
    public long getLong(int offset) {
        return inner.getLong(offset);
    }

    @Override
    public long getLongAcquire(int offset) {
        return inner.getLongAcquire(offset);
    }

    @Override
    public long getLongOpaque(int offset) {
        return inner.getLongOpaque(offset);
    }

    @Override
    public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
        inner.copyOut(offset, destination, destinationOffset, length);
    }

    @Override
    public void loadLoadFence() {
        inner.loadLoadFence();
    }

    @Override
    public DirectBuffer buffer() {
        return inner.buffer();
    }
}

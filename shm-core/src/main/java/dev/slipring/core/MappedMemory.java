package dev.slipring.core;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The production memory: Agrona's {@link UnsafeBuffer} over a range of a mapping. One final class, so that the JIT sees one receiver and
 * inlines every access; the only class in which fences are called.
 *
 * <p>Over a read-only mapping only its {@link ReadMemory} half may be used; {@link Region} hands out nothing else.
 */
final class MappedMemory implements Memory {
    private final UnsafeBuffer buffer;

    /** The buffer holds on to {@code mapped}, and {@code mapped} to its mapping: no address outlives its memory. */
    MappedMemory(ByteBuffer mapped, int offset, int length) {
        buffer = new UnsafeBuffer(mapped, offset, length);
    }

    @Override
    public int capacity() {
        return buffer.capacity();
    }

    @Override
    public int getInt(int offset) {
        return buffer.getInt(offset);
    }

    @Override
    public int getIntAcquire(int offset) {
        return buffer.getIntAcquire(offset);
    }

    @Override
    public long getLong(int offset) {
        return buffer.getLong(offset);
    }

    @Override
    public long getLongAcquire(int offset) {
        return buffer.getLongAcquire(offset);
    }

    @Override
    public long getLongOpaque(int offset) {
        return buffer.getLongOpaque(offset);
    }

    @Override
    public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
        buffer.getBytes(offset, destination, destinationOffset, length);
    }

    @Override
    public void loadLoadFence() {
        VarHandle.loadLoadFence();
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public void putInt(int offset, int value) {
        buffer.putInt(offset, value);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        buffer.putIntRelease(offset, value);
    }

    @Override
    public void putLong(int offset, long value) {
        buffer.putLong(offset, value);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        buffer.putLongRelease(offset, value);
    }

    @Override
    public void putLongOpaque(int offset, long value) {
        buffer.putLongOpaque(offset, value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return buffer.compareAndSetInt(offset, expected, update);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return buffer.compareAndSetLong(offset, expected, update);
    }

    @Override
    public void copyIn(int offset, DirectBuffer source, int sourceOffset, int length) {
        buffer.putBytes(offset, source, sourceOffset, length);
    }

    @Override
    public void storeStoreFence() {
        VarHandle.storeStoreFence();
    }

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public void wrap(UnsafeBuffer view, int offset, int length) {
        view.wrap(buffer, offset, length);
    }
}

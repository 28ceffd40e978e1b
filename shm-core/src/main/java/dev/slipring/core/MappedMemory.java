package dev.slipring.core;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The production memory: a range of a mapping, accessed by address. One final class, so that the JIT sees one receiver and inlines every
 * access; the only class in which fences are called.
 *
 * <p>Words are accessed through Agrona's {@link UnsafeApi} with a null base. Through an {@link UnsafeBuffer}, whose base is a field, the
 * compiler must assume heap or native memory alike, puts a barrier around every access and loads all fields again behind it: twice the time
 * of a publish. Bounds are checked here. The address is good as long as this object is reachable, which holds the mapped buffer.
 *
 * <p>Over a read-only mapping only its {@link ReadMemory} half may be used; {@link Region} hands out nothing else.
 */
final class MappedMemory implements Memory {
    private static final boolean FENCED_FROM_AFAR = ThisProcess.hasGlobalBarrier();

    private final UnsafeBuffer buffer;
    private final long address;
    private final int capacity;
    private final int longs;
    private final int ints;

    /** The buffer holds on to {@code mapped}, and {@code mapped} to its mapping: no address outlives its memory. */
    MappedMemory(ByteBuffer mapped, int offset, int length) {
        buffer = new UnsafeBuffer(mapped, offset, length);
        address = buffer.addressOffset();
        capacity = length;
        longs = Math.max(length - Long.BYTES + 1, 0);
        ints = Math.max(length - Integer.BYTES + 1, 0);
    }

    private long at(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, capacity);
        return address + offset;
    }

    /** One comparison: {@code longs} is the number of offsets at which a long may start. */
    private long atLong(int offset) {
        return address + Objects.checkIndex(offset, longs);
    }

    private long atInt(int offset) {
        return address + Objects.checkIndex(offset, ints);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int getInt(int offset) {
        return UnsafeApi.getInt(null, atInt(offset));
    }

    @Override
    public int getIntAcquire(int offset) {
        return UnsafeApi.getIntAcquire(null, atInt(offset));
    }

    @Override
    public long getLong(int offset) {
        return UnsafeApi.getLong(null, atLong(offset));
    }

    @Override
    public long getLongAcquire(int offset) {
        return UnsafeApi.getLongAcquire(null, atLong(offset));
    }

    @Override
    public long getLongOpaque(int offset) {
        return UnsafeApi.getLongOpaque(null, atLong(offset));
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
        UnsafeApi.putInt(null, atInt(offset), value);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        UnsafeApi.putIntRelease(null, atInt(offset), value);
    }

    @Override
    public void putLong(int offset, long value) {
        UnsafeApi.putLong(null, atLong(offset), value);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        UnsafeApi.putLongRelease(null, atLong(offset), value);
    }

    @Override
    public void putLongOpaque(int offset, long value) {
        UnsafeApi.putLongOpaque(null, atLong(offset), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, atInt(offset), expected, update);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, atLong(offset), expected, update);
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

    /** Nothing for the processor where others can fence it from afar; the compiler must keep apart what is before and after anyway. */
    @Override
    public void lightFence() {
        if (FENCED_FROM_AFAR) {
            VarHandle.loadLoadFence();
        } else {
            VarHandle.fullFence();
        }
    }

    @Override
    public boolean heavyFence() {
        VarHandle.fullFence();
        return Linux.barrierOnEveryProcess();
    }

    @Override
    public void wrap(UnsafeBuffer view, int offset, int length) {
        view.wrap(at(offset, length), length);
    }
}

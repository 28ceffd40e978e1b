package dev.slipring.core.fault;

import dev.slipring.core.Memory;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The memory of a {@link FaultyProcess}: every store is counted, remembered until something orders it, and may be the last. */
final class FaultMemory implements Memory {
    private static final int CHUNK = Long.BYTES;

    private final FaultyProcess process;
    private final Memory memory;
    private byte @Nullable [] view;
    private int viewOffset;

    FaultMemory(FaultyProcess process, Memory memory) {
        this.process = process;
        this.memory = memory;
    }

    static void write(Memory memory, int offset, UnsafeBuffer bytes) {
        memory.copyIn(offset, bytes, 0, bytes.capacity());
    }

    /** Turns what was written through the last view into stores, in chunks. */
    void collectView() {
        var written = view;
        if (written != null) {
            view = null;
            storeInChunks(viewOffset, new UnsafeBuffer(written), 0, written.length);
        }
    }

    @Override
    public int capacity() {
        return memory.capacity();
    }

    @Override
    public int getInt(int offset) {
        return memory.getInt(offset);
    }

    @Override
    public int getIntAcquire(int offset) {
        return memory.getIntAcquire(offset);
    }

    @Override
    public long getLong(int offset) {
        return memory.getLong(offset);
    }

    @Override
    public long getLongAcquire(int offset) {
        return memory.getLongAcquire(offset);
    }

    @Override
    public long getLongOpaque(int offset) {
        return memory.getLongOpaque(offset);
    }

    @Override
    public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
        memory.copyOut(offset, destination, destinationOffset, length);
    }

    @Override
    public void loadLoadFence() {
        memory.loadLoadFence();
    }

    @Override
    public DirectBuffer buffer() {
        return memory.buffer();
    }

    @Override
    public void putInt(int offset, int value) {
        process.collectViews();
        plainStore(offset, new UnsafeBuffer(new byte[Integer.BYTES]), buffer -> buffer.putInt(0, value));
    }

    @Override
    public void putLong(int offset, long value) {
        process.collectViews();
        plainStore(offset, new UnsafeBuffer(new byte[Long.BYTES]), buffer -> buffer.putLong(0, value));
    }

    @Override
    public void putLongOpaque(int offset, long value) {
        putLong(offset, value);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        beginOrdered();
        memory.putIntRelease(offset, value);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        beginOrdered();
        memory.putLongRelease(offset, value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        beginOrdered();
        return memory.compareAndSetInt(offset, expected, update);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        beginOrdered();
        return memory.compareAndSetLong(offset, expected, update);
    }

    @Override
    public void copyIn(int offset, DirectBuffer source, int sourceOffset, int length) {
        process.collectViews();
        storeInChunks(offset, source, sourceOffset, length);
    }

    @Override
    public void storeStoreFence() {
        process.collectViews();
        process.ordered();
        memory.storeStoreFence();
    }

    @Override
    public void fullFence() {
        process.collectViews();
        process.ordered();
        memory.fullFence();
    }

    @Override
    public void lightFence() {
        memory.lightFence(); // orders no stores by itself
    }

    @Override
    public boolean heavyFence() {
        process.collectViews();
        process.ordered();
        return memory.heavyFence();
    }

    @Override
    public void wrap(UnsafeBuffer claimed, int offset, int length) {
        process.collectViews();
        var copy = new byte[length];
        memory.copyOut(offset, new UnsafeBuffer(copy), 0, length);
        claimed.wrap(copy);
        view = copy;
        viewOffset = offset;
    }

    private void beginOrdered() {
        process.collectViews();
        process.aboutToStore();
        process.ordered();
    }

    private void storeInChunks(int offset, DirectBuffer source, int sourceOffset, int length) {
        for (int done = 0; done < length; done += CHUNK) {
            int chunk = Math.min(CHUNK, length - done);
            int from = sourceOffset + done;
            plainStore(offset + done, new UnsafeBuffer(new byte[chunk]), buffer -> buffer.putBytes(0, source, from, chunk));
        }
    }

    private void plainStore(int offset, UnsafeBuffer after, Consumer<UnsafeBuffer> value) {
        value.accept(after);
        process.aboutToStore();
        var before = new UnsafeBuffer(new byte[after.capacity()]);
        memory.copyOut(offset, before, 0, before.capacity());
        write(memory, offset, after);
        process.plain(new FaultyProcess.PlainStore(memory, offset, before, after));
    }
}

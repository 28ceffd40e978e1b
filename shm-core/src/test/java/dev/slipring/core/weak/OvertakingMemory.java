package dev.slipring.core.weak;

import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory of a processor that makes stores visible out of order, under a program whose release stores are plain by mistake: each of
 * them overtakes the plain stores before it. For one writing thread, which reads nothing back that it has just stored.
 */
public final class OvertakingMemory extends ForwardingMemory {
    private final Memory inner;
    private final Queue<Runnable> overtaken = new ArrayDeque<>();

    /** Lets release stores to {@code inner} overtake. */
    public OvertakingMemory(Memory inner) {
        super(inner);
        this.inner = inner;
    }

    @Override
    public void putInt(int offset, int value) {
        overtaken.add(() -> inner.putInt(offset, value));
    }

    @Override
    public void putLong(int offset, long value) {
        overtaken.add(() -> inner.putLong(offset, value));
    }

    @Override
    public void copyIn(int offset, DirectBuffer source, int sourceOffset, int length) {
        var bytes = new UnsafeBuffer(new byte[length]);
        bytes.putBytes(0, source, sourceOffset, length);
        overtaken.add(() -> inner.copyIn(offset, bytes, 0, length));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        inner.putIntRelease(offset, value);
        storeTheOvertaken();
    }

    @Override
    public void putLongRelease(int offset, long value) {
        inner.putLongRelease(offset, value);
        storeTheOvertaken();
    }

    @Override
    public void storeStoreFence() {
        storeTheOvertaken();
        inner.storeStoreFence();
    }

    @Override
    public void fullFence() {
        storeTheOvertaken();
        inner.fullFence();
    }

    private void storeTheOvertaken() {
        while (!overtaken.isEmpty()) {
            overtaken.remove().run();
        }
    }
}

package dev.slipring.seqlock;

import dev.slipring.core.MonotonicClock;
import dev.slipring.core.ReadMemory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A value as it was copied and validated, with what belongs to it. It is the reader's own copy: nobody writes to it, and nothing of it is
 * torn. It stays as it is until the reader delivers the next one, also through reads that deliver none.
 */
public final class SlotValue {
    private final int maxLength;
    private final int stride;
    /** Two halves: the one that holds the value, and the one that the next is copied to. */
    private final UnsafeBuffer copies;
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private int front;
    private long version;

    SlotValue(int maxLength) {
        this.maxLength = maxLength;
        stride = (CellDescriptor.PAYLOAD_OFFSET + maxLength + Long.BYTES - 1) & -Long.BYTES;
        copies = new UnsafeBuffer(new byte[2 * stride]);
    }

    /**
     * Copies a version out of its cell.
     *
     * <p>The first look at the stamp is an acquire, so the copy is not older than that version; the fence keeps the copy before the second
     * look, so if any store of a later writer got into it, that writer's odd stamp, or a later one, is seen there.
     *
     * @return false when the version is not there, or was not throughout; then nothing has changed
     */
    boolean copy(ReadMemory data, int cell, long wanted) {
        long complete = CellDescriptor.complete(wanted);
        if (data.getLongAcquire(cell) != complete) { // pairs with: SlotWriter.finish
            return false;
        }
        int length = data.getInt(cell + CellDescriptor.LENGTH_OFFSET);
        if (length < 0 || length > maxLength) {
            return false; // overwritten meanwhile, or nonsense: either way no value
        }
        int back = stride - front;
        data.copyOut(cell, copies, back, CellDescriptor.PAYLOAD_OFFSET + length);
        data.loadLoadFence(); // pairs with: SlotWriter.start, the store-store fence
        if (data.getLongOpaque(cell) != complete) {
            return false;
        }
        front = back;
        version = wanted;
        payload.wrap(copies, front + CellDescriptor.PAYLOAD_OFFSET, length);
        return true;
    }

    /** The value's bytes, from 0 to its capacity. */
    public DirectBuffer payload() {
        return payload;
    }

    /** Its version, counted from 1 in the slot; 0 before any was delivered. */
    public long version() {
        return version;
    }

    /** When it was published, by the writer's {@link MonotonicClock}, in ns. */
    public long publishTimeNs() {
        return word(CellDescriptor.PUBLISH_TIME_OFFSET);
    }

    /** Which clock that is: {@link MonotonicClock#ID} in the writer's process. */
    public int clockId() {
        return copies.getInt(front + CellDescriptor.CLOCK_ID_OFFSET);
    }

    /** How long ago it was published, in ns, at least 0; -1 when its writer's clock is not this process's. Reads the clock. */
    public long ageNs() {
        return clockId() == MonotonicClock.ID ? Math.max(0, MonotonicClock.nanoTime() - publishTimeNs()) : -1;
    }

    /** When what it says was so, by the source's own clock. */
    public long sourceTime() {
        return word(CellDescriptor.SOURCE_TIME_OFFSET);
    }

    /** What it was made under, such as a calibration's version. */
    public long contextVersion() {
        return word(CellDescriptor.CONTEXT_VERSION_OFFSET);
    }

    /** First message of a ring that it does not contain; -1 when there is none. */
    public long ringSequence() {
        return word(CellDescriptor.RING_SEQUENCE_OFFSET);
    }

    /** The participant that wrote it: its slot. With {@link #writerGeneration()} its identity among all that ever took part. */
    public int writerSlot() {
        return Owner.slot(word(CellDescriptor.WRITER_OFFSET));
    }

    /** The participant that wrote it: which life of its slot. */
    public int writerGeneration() {
        return Owner.generation(word(CellDescriptor.WRITER_OFFSET));
    }

    private long word(int offset) {
        return copies.getLong(front + offset);
    }
}

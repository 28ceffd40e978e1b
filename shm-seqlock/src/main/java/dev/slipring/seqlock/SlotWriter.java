package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.Doorbell;
import dev.slipring.core.Memory;
import dev.slipring.core.MonotonicClock;
import dev.slipring.core.Region;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a slot.
 *
 * <p>Threads: one; any may close the table that it came from, or {@link #close()} the writer of a single slot; that of a table is closed
 * by its own thread only, as somebody else may write from then on. Processes: one at a time, under the kernel's lock; a shared writer for
 * the time of a write only, so there may be many of them. Blocks: never; wait-free, as it looks at no reader; a shared one is told {@link
 * #BUSY} while another writes, or has been stopped in the middle of it. Allocates: nothing. Loses: what is overwritten before it is read;
 * readers are told how many. A file that was cut short is {@link dev.slipring.core.RegionLost}; that it was removed is not noticed, as
 * nothing here ever waits: whoever must know reads what it writes.
 *
 * <h2>Algorithm notes</h2>
 * Version v goes to cell v mod N: the odd stamp, a store-store fence, the value, then the even stamp with release, then {@code latest}
 * with release. Whoever sees any store of the value also sees the odd stamp, or a later one, behind a load-load fence; whoever sees the
 * even stamp sees the whole value. A version is there from its even stamp on; {@code latest} is where newcomers begin, and may lag by one.
 * The cells of the N - 1 versions before it are left alone, so at every instant, and wherever a writer dies, the newest complete version
 * can be read ({@link SlotRecovery}). After Boehm, Can seqlocks get along with programming language memory models? (MSPC 2012), with the
 * copies of Lamport, Concurrent reading and writing (CACM 1977).
 */
public final class SlotWriter implements AutoCloseable {
    /** Another writer has the slot. Nothing was written. */
    public static final long BUSY = -1;

    private final Region region;
    private final Memory data;
    private final int number;
    private final Slot slot;
    private final int maxLength;
    private final Owner owner;
    /** Where those sleep who wait for the next value. */
    private final @Nullable Doorbell readersBell;
    private final boolean shared;
    private final boolean alone;
    private final SlotUpdate update = new SlotUpdate(this);
    /** The newest complete version; of a shared slot, while it is owned. */
    private long version;
    /** The version that was there when the slot was taken. */
    private long found;
    private boolean given;

    /**
     * @param shared whether the slot is taken anew for each write
     * @param alone  whether the region goes with this writer
     */
    SlotWriter(Region region, TableDescriptor layout, int number, long key, boolean shared, boolean alone) {
        this.region = region;
        this.shared = shared;
        this.alone = alone;
        this.number = number;
        data = region.memory(Area.DATA);
        slot = Slot.of(layout, number);
        maxLength = layout.payload();
        owner = new Owner(region, data, slot.ownerOffset());
        readersBell = region.doorbell(TableDescriptor.bell(key));
    }

    /** Takes the slot: for good, or a shared one for a write; false when somebody has it. */
    boolean tryTake() {
        if (!owner.tryTake()) {
            return false;
        }
        try {
            found = SlotRecovery.goOn(region, data, slot);
            version = found;
            return true;
        } catch (Throwable e) {
            owner.give();
            throw e;
        }
    }

    boolean isShared() {
        return shared;
    }

    boolean isOf(Region table) {
        return region == table;
    }

    /** Whether the newest version is of this writer, and not of one before it. */
    boolean hasWritten() {
        return version != found;
    }

    /** The slot's number in its table. */
    int number() {
        return number;
    }

    /** The longest value, in bytes. */
    public int maxLength() {
        return maxLength;
    }

    /** The version of this writer's last value, or of the one it found; 0 for none. */
    public long version() {
        return version;
    }

    /** {@link #write(DirectBuffer, int, int, long, long, long)} of a value that says no more of itself: 0, 0 and -1. */
    public long write(DirectBuffer source, int offset, int length) {
        return write(source, offset, length, 0, 0, -1);
    }

    /**
     * Publishes a value: {@code length} bytes of {@code source} from {@code offset}.
     *
     * @param length         0…{@link #maxLength()}
     * @param sourceTime     when what it says was so, by the source's own clock; does not decrease
     * @param contextVersion what it was made under, such as a calibration's version
     * @param ringSequence   first message of a ring that it does not contain; -1 when there is none
     * @return its version, counted from 1 without holes, or {@link #BUSY} (only from a shared writer)
     * @throws IllegalArgumentException        when the length is outside its range
     * @throws IndexOutOfBoundsException       when the source has no such bytes
     * @throws IllegalStateException           when an update is open, or the writer is closed
     * @throws dev.slipring.core.RegionLost    when the file was cut short
     * @throws dev.slipring.core.RegionCorrupt from a shared writer, when it cannot go on with what it finds
     */
    public long write(DirectBuffer source, int offset, int length, long sourceTime, long contextVersion, long ringSequence) {
        requireLength(length);
        source.boundsCheck(offset, length);
        try {
            if (!start()) {
                return BUSY;
            }
            copyIn(source, offset, length);
            return finish(length, sourceTime, contextVersion, ringSequence);
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    /** The source may fail to be read, as a mapped file does that was cut short: then nothing was begun. */
    private void copyIn(DirectBuffer source, int offset, int length) {
        try {
            data.copyIn(slot.cellOffset(version + 1) + CellDescriptor.PAYLOAD_OFFSET, source, offset, length);
        } catch (Throwable e) {
            abandon();
            throw e;
        }
    }

    /**
     * Begins a value that is written in place. To be used as a resource: leaving without publish abandons it, and nothing was published;
     * the oldest retained version is gone with it.
     *
     * @return the update, always the same; a shared writer's is not {@link SlotUpdate#isOpen() open} when another writer has the slot
     * @throws IllegalStateException           when one is open, or the writer is closed
     * @throws dev.slipring.core.RegionLost    when the file was cut short
     * @throws dev.slipring.core.RegionCorrupt from a shared writer, when it cannot go on with what it finds
     */
    public SlotUpdate begin() {
        try {
            if (start()) {
                data.wrap(update.open(), slot.cellOffset(version + 1) + CellDescriptor.PAYLOAD_OFFSET, maxLength);
            }
            return update;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** Gives the slot back in order; the handle of a single slot leaves with it. Idempotent. What is open is abandoned. */
    @Override
    public void close() {
        if (alone) {
            region.close(); // gives the slot back too
        } else if (!given) {
            update.close();
            given = true;
            if (!shared && !region.isEnded()) {
                owner.give();
            }
        }
    }

    void requireOpen() {
        region.checkOpen();
        if (given) {
            throw new IllegalStateException("the writer is closed");
        }
    }

    private boolean start() {
        requireOpen();
        if (update.isOpen()) {
            throw new IllegalStateException("an update is open already: publish or abandon it first");
        }
        if (shared && !tryTake()) {
            return false;
        }
        data.putLongOpaque(slot.cellOffset(version + 1), CellDescriptor.beingWritten(version + 1));
        data.storeStoreFence(); // the odd stamp before the value; pairs with: SlotValue.copy, the load-load fence
        return true;
    }

    private long finish(int length, long sourceTime, long contextVersion, long ringSequence) {
        long next = version + 1;
        int cell = slot.cellOffset(next);
        data.putInt(cell + CellDescriptor.LENGTH_OFFSET, length);
        data.putInt(cell + CellDescriptor.CLOCK_ID_OFFSET, MonotonicClock.ID);
        data.putLong(cell + CellDescriptor.SOURCE_TIME_OFFSET, sourceTime);
        data.putLong(cell + CellDescriptor.CONTEXT_VERSION_OFFSET, contextVersion);
        data.putLong(cell + CellDescriptor.RING_SEQUENCE_OFFSET, ringSequence);
        data.putLong(cell + CellDescriptor.WRITER_OFFSET, owner.me());
        data.putLong(cell + CellDescriptor.PUBLISH_TIME_OFFSET, MonotonicClock.nanoTime());
        data.putLongRelease(cell, CellDescriptor.complete(next)); // it is there; pairs with: SlotValue.copy, the acquire
        data.putLongRelease(slot.latestOffset(), next); // announced; pairs with: SlotReader.newest, SlotRecovery.goOn
        version = next;
        if (shared) {
            owner.give();
        }
        if (readersBell != null) {
            readersBell.ring();
        }
        region.checkOpen();
        return next;
    }

    void requireLength(int length) {
        if (length < 0 || length > maxLength) {
            throw new IllegalArgumentException("length=" + length + " is outside 0…" + maxLength);
        }
    }

    long publish(int length, long sourceTime, long contextVersion, long ringSequence) {
        try {
            return finish(length, sourceTime, contextVersion, ringSequence);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** The odd stamp stays: the next write goes to the same cell. */
    void abandon() {
        if (shared) {
            owner.give();
        }
    }
}

package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A reading side of a slot: maps everything read-only and is unknown to others.
 *
 * <p>Threads: one; any may {@link #close()} the table or the slot that it came from. Processes: any number. Blocks: never; a read tries at
 * most {@value #MAX_TRIES} times. Allocates: nothing. Loses: what was overwritten before it was read; {@link #skipped()} says how many.
 *
 * <h2>Algorithm notes</h2>
 * Versions have no holes and each has its cell, so the newest is found from the one read before by looking at the stamps that follow it: a
 * stamp below that of version v + 1 in its cell says that v is the newest. A reader that keeps up never looks at {@code latest}, which
 * would be one more cache line to fetch; one that was lapped, or is new, begins there. What nobody has changed is not copied again.
 */
public final class SlotReader implements AutoCloseable {
    /** Copies that are tried before a read ends with {@link Read#BUSY}. */
    public static final int MAX_TRIES = 100;

    private final Region region;
    private final SlotDirectory directory;
    private final TableDescriptor layout;
    private final SlotKey key;
    private final boolean alone;
    private final ReadMemory data;
    private final SlotValue value;
    private final WriterWatch watch;
    private int number = SlotDirectory.NOT_THERE;
    private @Nullable Slot slot;
    /** The newest version that this reader has copied. */
    private long known;
    private long lastRead;
    private long skipped;

    /** @param alone whether the region goes with this reader */
    SlotReader(Region region, TableDescriptor layout, SlotDirectory directory, SlotKey key, boolean alone) {
        this.region = region;
        this.directory = directory;
        this.layout = layout;
        this.key = key;
        this.alone = alone;
        data = region.view(Area.DATA);
        value = new SlotValue(layout.payload());
        watch = new WriterWatch(region, data);
    }

    /** The messages that the slots of this region carry. */
    public Schema schema() {
        return region.header().schema();
    }

    /** What was delivered last; the same object always. */
    public SlotValue value() {
        return value;
    }

    /** Versions between the two values that {@link #read()} delivered last, never delivered by it; 0 when it is the first or unchanged. */
    public long skipped() {
        return skipped;
    }

    /**
     * Delivers the newest value, the same again if nothing has changed.
     *
     * @return {@link Read#OK}, {@link Read#WRITER_DEAD}, {@link Read#NONE_YET} or {@link Read#BUSY}
     * @throws IllegalStateException         when this handle is closed
     * @throws dev.slipring.core.RegionLost  when the file was removed or cut short; noticed when nothing changes
     */
    public Read read() {
        try {
            var outcome = tryToRead();
            region.checkOpen(); // after the loads: a closed region reads as zeros
            return outcome;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /**
     * Delivers a certain version, no other.
     *
     * @param version 1 or more
     * @return {@link Read#OK}, {@link Read#NONE_YET} or {@link Read#OVERWRITTEN}
     */
    public Read readExactly(long version) {
        if (version < 1) {
            throw new IllegalArgumentException("version=" + version + " is not positive");
        }
        try {
            var outcome = tryToReadExactly(version);
            region.checkOpen();
            return outcome;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /**
     * Delivers, of the versions still retained, the newest whose source time is not after this one. Goes back from the newest, so it takes
     * longer the further back the time is.
     *
     * @return {@link Read#OK}; {@link Read#NONE_YET} when already the first value was later; {@link Read#OVERWRITTEN} when it is no longer
     *     retained; {@link Read#BUSY}
     */
    public Read atOrBefore(long sourceTime) {
        try {
            var outcome = Read.BUSY;
            for (int tries = 0; tries < MAX_TRIES && outcome == Read.BUSY; tries++) {
                outcome = findAtOrBefore(sourceTime);
            }
            region.checkOpen();
            return outcome;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** Leaves the region, when this is the reader of a single slot; a table's readers go with the table. Idempotent. */
    @Override
    public void close() {
        if (alone) {
            region.close();
        }
    }

    /** Whether what was delivered is the newest. */
    boolean isNewest() {
        var there = slot;
        try {
            return there != null && newest(there) == value.version();
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** The slot's number in its table, or NOT_THERE. */
    int number() {
        slot();
        return number;
    }

    private Read tryToRead() {
        var there = slot();
        if (there == null) {
            return Read.NONE_YET;
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long newest = newest(there);
            if (newest == 0) {
                return Read.NONE_YET;
            }
            if (copy(there, newest)) {
                boolean dead = watch.isOwnerDead(there, value);
                if (!dead || isNewest()) { // else there was one more before it died
                    skipped = lastRead == 0 || newest == lastRead ? 0 : newest - lastRead - 1;
                    lastRead = newest;
                    return dead ? Read.WRITER_DEAD : Read.OK;
                }
            }
        }
        return Read.BUSY;
    }

    private Read tryToReadExactly(long version) {
        var there = slot();
        if (there == null) {
            return Read.NONE_YET;
        }
        if (copy(there, version)) {
            return Read.OK;
        }
        return newest(there) < version ? Read.NONE_YET : Read.OVERWRITTEN;
    }

    private Read findAtOrBefore(long sourceTime) {
        var there = slot();
        long newest = there == null ? 0 : newest(there);
        if (there == null || newest == 0) {
            return Read.NONE_YET;
        }
        for (long version = newest; version > 0; version--) {
            int cell = there.cellOffset(version);
            boolean complete = data.getLongAcquire(cell) == CellDescriptor.complete(version); // pairs with: SlotWriter.finish
            long time = data.getLong(cell + CellDescriptor.SOURCE_TIME_OFFSET);
            data.loadLoadFence(); // pairs with: SlotWriter.start
            if (!complete || data.getLongOpaque(cell) != CellDescriptor.complete(version)) {
                return version == newest ? Read.BUSY : Read.OVERWRITTEN;
            }
            if (time <= sourceTime) {
                return copy(there, version) ? Read.OK : Read.OVERWRITTEN;
            }
        }
        return Read.NONE_YET;
    }

    private boolean copy(Slot there, long version) {
        if (version == value.version()) {
            return true;
        }
        if (!value.copy(data, there.cellOffset(version), version)) {
            return false;
        }
        known = Math.max(known, version);
        return true;
    }

    /** The newest complete version, 0 for none. Not newer than what can be told within a number of looks. */
    private long newest(Slot there) {
        long version = known;
        for (int looks = 0; looks <= there.cells(); looks++) {
            long stamp = data.getLongAcquire(there.cellOffset(version + 1)); // pairs with: SlotWriter.finish
            long complete = CellDescriptor.complete(version + 1);
            if (stamp < complete) {
                return version;
            }
            version = stamp == complete ? version + 1
                : Math.max(version + 1, data.getLongAcquire(there.latestOffset())); // lapped; pairs with: SlotWriter.finish
        }
        return version;
    }

    private @Nullable Slot slot() {
        if (slot == null) {
            number = directory.findNamed(key);
            if (number != SlotDirectory.NOT_THERE) {
                slot = Slot.of(layout, number);
            }
        }
        return slot;
    }
}

package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.Doorbell;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.Schema;
import dev.slipring.core.Waitable;
import dev.slipring.core.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A reading side of a slot: maps everything read-only and is unknown to others, but for a subscriber's, which may sleep.
 *
 * <p>Threads: one, the same for all readers of a table's handle; any may {@link #close()} the table or the slot that it came from.
 * Processes: any number. Blocks: {@link #awaitNewer}
 * only; a read tries at most {@value #MAX_TRIES} times. Allocates: nothing. Loses: what was overwritten before it was read; {@link
 * #skipped()} says how many.
 *
 * <h2>Algorithm notes</h2>
 * Versions have no holes and each has its cell, so the newest is found from the one read before by looking at the stamps that follow it: a
 * stamp below that of version v + 1 in its cell says that v is the newest. A reader that keeps up never looks at {@code latest}, which
 * would be one more cache line to fetch; one that is further behind, lapped, or new, goes on from there. What nobody has changed is not
 * copied again.
 */
public final class SlotReader implements Waitable, AutoCloseable {
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
    /** Where this reader sleeps until there is a newer value. */
    private final @Nullable Doorbell bell;
    private final Waiter waiter;
    private int number = SlotDirectory.NOT_THERE;
    private @Nullable Slot slot;
    /** The newest version that this reader has copied. */
    private long known;
    private long lastRead;
    /** The owner of whose death the last read told, or NOBODY. */
    private long mourned = Owner.NOBODY;
    private long skipped;
    private long retries;

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
        bell = region.doorbell(TableDescriptor.bell(key.value()));
        waiter = region.waiter(bell);
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

    /** Tries of a read that failed, since this reader was made: each was overtaken by a writer and begun anew, or given up. */
    public long retries() {
        return retries;
    }

    /**
     * Delivers the newest value, the same again if nothing has changed.
     *
     * @return {@link Read#OK}, {@link Read#WRITER_DEAD}, {@link Read#NONE_YET} or {@link Read#BUSY}
     * @throws IllegalStateException           when this handle is closed
     * @throws IllegalArgumentException        when the slot of this number has another name
     * @throws dev.slipring.core.RegionLost    when the file was removed or cut short; noticed when nothing changes
     * @throws dev.slipring.core.RegionCorrupt when the slot's key, or its owner, cannot be
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
     * As {@link #read()}, but waits for a value that is newer than the last that was read, or for the death of its writer, if that was not
     * told yet: spins, then yields, then sleeps (see {@link dev.slipring.core.Spinning} and docs/waiting.md). A subscriber of a table with
     * parking is woken by the next write, any other reader looks about every millisecond. A death is noticed within 100 ms of the kernel's
     * word.
     *
     * @param timeoutNs how long to wait, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return as there, {@link Read#OK} being newer; {@link Read#NONE_YET} when the time was up, and nothing was delivered
     * @throws InterruptedException when the thread was interrupted, before or while it waited; noticed within 50 ms. Who need not wait is
     *                              given the value and stays interrupted
     */
    public Read awaitNewer(long timeoutNs) throws InterruptedException {
        var outcome = readNews();
        if (outcome == Read.NONE_YET) {
            waiter.begin(timeoutNs, null);
            while (outcome == Read.NONE_YET && waiter.idle()) {
                if (waiter.isTimeToAsk()) {
                    hurry();
                }
                outcome = readNews();
            }
        }
        return outcome;
    }

    /** Whether {@link #awaitNewer} would not wait: there is a newer value, or a death to tell of. */
    @Override
    public boolean isReady() {
        try {
            boolean ready = hasNews();
            region.checkOpen(); // after the loads
            return ready;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void hurry() {
        watch.hurry();
    }

    @Override
    public @Nullable Doorbell doorbell() {
        return bell;
    }

    /**
     * Delivers a certain version, no other. Throws as {@link #read} does, but notices only that the file was cut short.
     *
     * @param version 1 or more
     * @return {@link Read#OK}, {@link Read#NONE_YET} or {@link Read#OVERWRITTEN}
     * @throws IllegalArgumentException also when the version is not positive
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
     * longer the further back the time is. Throws as {@link #read} does, but notices only that the file was cut short.
     *
     * @return {@link Read#OK}; {@link Read#NONE_YET} when already the first value was later; {@link Read#OVERWRITTEN} when it is no longer
     *     retained; {@link Read#BUSY}
     */
    public Read atOrBefore(long sourceTime) {
        try {
            var outcome = Read.BUSY;
            for (int tries = 0; tries < MAX_TRIES && outcome == Read.BUSY; tries++) {
                outcome = findAtOrBefore(sourceTime);
                retries += outcome == Read.BUSY ? 1 : 0;
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
            boolean newest = there != null && newest(there) == value.version();
            region.checkOpen(); // after the loads
            return newest;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    boolean isOf(Region table) {
        return region == table;
    }

    /** The slot's number in its table, or NOT_THERE. */
    int number() {
        slot();
        return number;
    }

    private Read tryToRead() {
        var there = slot();
        if (there == null) {
            watch.noValue();
            return Read.NONE_YET;
        }
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long newest = newest(there);
            if (newest == 0) {
                watch.noValue();
                return Read.NONE_YET;
            }
            if (copy(there, newest)) {
                long dead = watch.deadOwner(there, value);
                if (dead == Owner.NOBODY || isNewest()) { // else there was one more before it died
                    skipped = between(lastRead, newest);
                    lastRead = newest;
                    mourned = dead;
                    return dead == Owner.NOBODY ? Read.OK : Read.WRITER_DEAD;
                }
            }
            retries++;
        }
        return Read.BUSY;
    }

    /** How many versions lie between two that were delivered one after the other; of the first, none is missed. */
    static long between(long last, long next) {
        return last == 0 || next == last ? 0 : next - last - 1;
    }

    private boolean hasNews() {
        var there = slot();
        if (there != null && newest(there) > lastRead) {
            return true;
        }
        if (there == null || lastRead == 0) {
            watch.noValue();
            return false;
        }
        long dead = watch.deadOwner(there, value);
        return dead != Owner.NOBODY && dead != mourned;
    }

    private Read readNews() {
        if (!isReady()) {
            return Read.NONE_YET;
        }
        long last = lastRead;
        var outcome = read();
        return outcome == Read.OK && lastRead == last ? Read.NONE_YET : outcome; // who was dead has a successor by now
    }

    private Read tryToReadExactly(long version) {
        var there = slot();
        if (there == null) {
            return Read.NONE_YET;
        }
        if (copy(there, version)) {
            return Read.OK;
        }
        if (newest(there) < version) {
            return Read.NONE_YET;
        }
        return copy(there, version) ? Read.OK : Read.OVERWRITTEN; // it may have come between the two looks
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
            boolean retained = complete && data.getLongOpaque(cell) == CellDescriptor.complete(version);
            if (!retained || time <= sourceTime) {
                boolean copied = retained && copy(there, version);
                return copied ? Read.OK : version == newest ? Read.BUSY : Read.OVERWRITTEN; // the newest: what overwrote it may do
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
            version = stamp == complete && looks == 0 ? version + 1
                : Math.max(version + 1, data.getLongAcquire(there.latestOffset())); // behind; pairs with: SlotWriter.finish
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

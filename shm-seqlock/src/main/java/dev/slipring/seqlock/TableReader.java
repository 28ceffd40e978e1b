package dev.slipring.seqlock;

import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;

/**
 * Somebody who reads slots of a table: maps everything read-only and is unknown to others; or a subscriber, who takes part by name and may
 * sleep.
 *
 * <p>Threads: one at a time, with all its readers; any thread may {@link #close()}. Processes: any number. Making readers allocates;
 * {@link #find} does not.
 */
public final class TableReader implements AutoCloseable {
    private final Region region;
    private final TableDescriptor layout;
    private final SlotDirectory directory;

    TableReader(Region region, TableDescriptor layout) {
        this.region = region;
        this.layout = layout;
        directory = SlotDirectory.of(region, layout);
    }

    /** How many slots have been added. */
    public int count() {
        try {
            int count = directory.count();
            region.checkOpen(); // after the loads: a closed region reads as zeros
            return count;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /**
     * The key of a slot.
     *
     * @param number 0…{@link #count()} - 1, in the order in which they were added
     */
    public SlotKey key(int number) {
        int count = count();
        if (number < 0 || number >= count) {
            throw new IllegalArgumentException("slot " + number + " is not in 0…" + (count - 1));
        }
        try {
            var key = directory.key(number);
            region.checkOpen();
            return key;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /**
     * The number of the slot with this key, or -1.
     *
     * @throws RegionCorrupt when the directory is damaged
     */
    public int find(long key) {
        try {
            int number = directory.find(key);
            region.checkOpen();
            return number;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** A reader of a slot. The slot may be added later: until then there is {@link Read#NONE_YET}. */
    public SlotReader reader(SlotKey key) {
        region.checkOpen();
        return new SlotReader(region, layout, directory, key, false);
    }

    /**
     * A reader of a group.
     *
     * @param members readers of its members, in the order of its writer, all made by this handle
     * @throws IllegalArgumentException when a member is of another handle
     */
    public GroupReader group(SlotKey key, SlotReader... members) {
        for (var member : members) {
            if (!member.isOf(region)) {
                throw new IllegalArgumentException("a member of a group is a slot of the same table, by the same handle: make it there");
            }
        }
        return new GroupReader(reader(key), members);
    }

    /** Leaves; its readers go with it. Any thread; idempotent. */
    @Override
    public void close() {
        region.close();
    }

    /** Leaves as if the process had died here. */
    void abandon() {
        region.abandon();
    }

    /** The reader of a single slot, with which the region goes. */
    SlotReader only() {
        try {
            directory.onlySlot();
        } catch (InternalError e) {
            throw region.fault(e);
        }
        return new SlotReader(region, layout, directory, SeqlockSlot.KEY, true);
    }
}

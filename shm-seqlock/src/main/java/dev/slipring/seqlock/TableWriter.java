package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.ParticipantInfo;
import dev.slipring.core.Region;
import dev.slipring.core.RoleTaken;

/**
 * A participant that writes to slots of a table, and adds them.
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: as many as 64. Everything here but the writing itself allocates.
 */
public final class TableWriter implements AutoCloseable {
    private final Region region;
    private final TableDescriptor layout;
    private final SlotDirectory directory;
    private final Memory data;
    private final Memory words;
    private final Owner adding;

    TableWriter(Region region, TableDescriptor layout) {
        this.region = region;
        this.layout = layout;
        directory = SlotDirectory.of(region, layout);
        data = region.memory(Area.DATA);
        words = region.memory(Area.PRODUCER);
        adding = new Owner(region, words, TableDescriptor.DIRECTORY_OWNER_OFFSET);
        long me = adding.me();
        region.beforeLeaving(areas -> giveEverythingBack(areas, layout, me));
    }

    private static void giveEverythingBack(Region.Areas areas, TableDescriptor layout, long me) {
        Owner.give(areas.memory(Area.PRODUCER), TableDescriptor.DIRECTORY_OWNER_OFFSET, me);
        var slots = areas.memory(Area.DATA);
        for (int slot = 0; slot < layout.slots(); slot++) {
            Owner.give(slots, layout.ownerOffset(slot), me);
        }
    }

    /** How many slots have been added, by whomever. */
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
     * The one writer of a slot, which is added when it is not there. It has the slot until it is closed. Whoever adds one while another
     * does waits for it, up to 5 s.
     *
     * @throws RoleTaken                    when the slot has a live writer; or when a writer was stopped while it was adding one, for as
     *                                      long as it is
     * @throws dev.slipring.core.RegionFull when there is no room for another slot
     * @throws IllegalArgumentException     when another key has the same number
     */
    public SlotWriter writer(SlotKey key) {
        var writer = new SlotWriter(region, layout, number(key), key.value(), false, false);
        try {
            return take(writer, "slot " + key);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** A writer among others, which takes the slot for each write; throws as {@link #writer(SlotKey)} does, but for the first reason. */
    public SlotWriter sharedWriter(SlotKey key) {
        return new SlotWriter(region, layout, number(key), key.value(), true, false);
    }

    /**
     * The writer of a group.
     *
     * @param key     the slot that holds the group together, for nothing else; it is added when it is not there
     * @param members at least one, all made by this handle; none of them shared
     * @throws RoleTaken                as {@link #writer(SlotKey)} does
     * @throws IllegalArgumentException when a member is shared, or of another handle, or there are more of them than a value has room for,
     *                                  at 16 bytes each
     */
    public GroupWriter group(SlotKey key, SlotWriter... members) {
        GroupWriter.requireMembers(region, layout.payload(), members);
        return new GroupWriter(writer(key), members);
    }

    /** Leaves in order. What this handle has is free for others; what is open is abandoned. Any thread; idempotent. */
    @Override
    public void close() {
        region.close();
    }

    /** Leaves as if the process had died here. */
    void abandon() {
        region.abandon();
    }

    /** The writer of a single slot, with which the region goes. */
    SlotWriter only(boolean shared) {
        try {
            int number = directory.onlySlot();
            var writer = new SlotWriter(region, layout, number, SeqlockSlot.KEY.value(), shared, true);
            return shared ? writer : take(writer, "slot");
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    private SlotWriter take(SlotWriter writer, String what) {
        if (!writer.tryTake()) {
            throw new RoleTaken(what + " of table " + region.name() + " has its writer already: " + holder(writer.number())
                + "; close that one first, or use sharedWriter in both places");
        }
        return writer;
    }

    private String holder(int number) {
        long owner = data.getLongAcquire(layout.ownerOffset(number));
        return region.participants().list().stream().filter(info -> info.slot() == Owner.slot(owner)).map(ParticipantInfo::toString)
            .findFirst().orElse("a process that is just arriving or leaving");
    }

    private int number(SlotKey key) {
        try {
            region.checkOpen();
            return directory.findOrAdd(key, data, words, adding);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }
}

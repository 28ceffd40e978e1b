package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of slots as people see it. Taken while the writers go on, so it is not of one moment; decide nothing on it.
 *
 * @param slots   how many can be added
 * @param cells   versions retained of each, the one in the making included
 * @param payload longest value in bytes
 * @param added   those that were added, in that order
 */
public record TableStatus(int slots, int cells, int payload, List<SlotStatus> added) {
    /** Copies the list. */
    public TableStatus {
        added = List.copyOf(added);
    }

    /**
     * One slot.
     *
     * @param key        its key
     * @param version    the newest that was announced; 0 for none
     * @param length     bytes of that value
     * @param ageNs      how long ago it was published; -1 when that cannot be told
     * @param owner      participant slot of who may write to it, -1 for nobody
     * @param generation which life of that participant slot
     * @param ownerDead  whether that participant has died, by the kernel's word
     */
    public record SlotStatus(SlotKey key, long version, int length, long ageNs, int owner, int generation, boolean ownerDead) {
    }

    static TableStatus of(Region region, TableDescriptor layout) {
        var directory = SlotDirectory.of(region, layout);
        var data = region.view(Area.DATA);
        var value = new SlotValue(layout.payload());
        var added = new ArrayList<SlotStatus>();
        for (int number = 0; number < directory.count(); number++) {
            added.add(slot(region, layout, number, directory.key(number), data, value));
        }
        return new TableStatus(layout.slots(), layout.cells(), layout.payload(), added);
    }

    private static SlotStatus slot(Region region, TableDescriptor layout, int number, SlotKey key, ReadMemory data, SlotValue value) {
        var slot = Slot.of(layout, number);
        long owner = data.getLongAcquire(slot.ownerOffset()); // pairs with: Owner.tryTake
        long version = 0;
        boolean copied = false;
        for (int tries = 0; tries < SlotReader.MAX_TRIES && !copied; tries++) {
            version = data.getLongAcquire(slot.latestOffset()); // pairs with: SlotWriter.finish
            copied = version == 0 || value.copy(data, slot.cellOffset(version), version);
        }
        boolean known = copied && version != 0;
        return new SlotStatus(key, version, known ? value.payload().capacity() : 0, known ? value.ageNs() : -1,
            owner == Owner.NOBODY ? -1 : Owner.slot(owner), Owner.generation(owner), Owner.isDead(region, owner));
    }
}

package dev.slipring.seqlock;

import java.util.List;

/**
 * A table of slots as people see it. Taken while the writers go on, so it is not of one moment; decide nothing on it. Also of
 * a damaged table, as long as its shape is sound.
 *
 * @param slots   how many can be added
 * @param cells   versions retained of each, the one in the making included
 * @param payload longest value in bytes
 * @param added   those that were added, in that order
 * @param faults  what cannot be, each a sentence; of what stands beside it, the rest is what was found
 */
public record TableStatus(int slots, int cells, int payload, List<SlotStatus> added, List<String> faults) {
    /** Copies the lists. */
    public TableStatus {
        added = List.copyOf(added);
        faults = List.copyOf(faults);
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
}

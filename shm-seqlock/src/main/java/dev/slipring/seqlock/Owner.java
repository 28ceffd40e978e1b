package dev.slipring.seqlock;

import dev.slipring.core.Memory;
import dev.slipring.core.Participants;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;

/**
 * A word that says who may write to a slot, or add one: {generation 32, slot of the participant + 1 32}, or 0 for nobody.
 *
 * <p>It is taken from nobody, or from a dead participant by the kernel's word, and from nobody else: a stopped owner keeps what it has.
 * A dead owner never comes back under the same generation, so a delayed compare-and-set can only fail.
 */
final class Owner {
    static final long NOBODY = 0;

    private final Region region;
    private final Memory memory;
    private final int offset;
    private final long me;

    Owner(Region region, Memory memory, int offset) {
        this.region = region;
        this.memory = memory;
        this.offset = offset;
        me = of(region.participants());
    }

    /** This participant's word. */
    static long of(Participants participants) {
        return (long) participants.generation() << 32 | participants.slot() + 1;
    }

    static int slot(long owner) {
        return (int) owner - 1;
    }

    static int generation(long owner) {
        return (int) (owner >> 32);
    }

    /** Whether the kernel says that this owner is dead; about 1 µs. Nobody is not dead. */
    static boolean isDead(Region region, long owner) {
        if (owner == NOBODY) {
            return false;
        }
        if (slot(owner) < 0 || slot(owner) >= Participants.MAX) {
            throw new RegionCorrupt("table " + region.name() + " is damaged: expected an owner's slot in 0…" + (Participants.MAX - 1)
                + ", found " + slot(owner) + "; stop its writers, remove it and create it anew");
        }
        return region.participants().isDead(slot(owner), generation(owner));
    }

    /** What this participant takes part as. */
    long me() {
        return me;
    }

    /**
     * Takes it when nobody has it, or a dead one. Looks first: of a file that was cut short a load fails as an error, but a compare-and-set
     * that is not compiled yet ends the JVM.
     */
    boolean tryTake() {
        if (memory.getLongOpaque(offset) == NOBODY) {
            return memory.compareAndSetLong(offset, NOBODY, me); // pairs with: give
        }
        long other = memory.getLongAcquire(offset);
        return isDead(region, other) && memory.compareAndSetLong(offset, other, me); // pairs with: the dead's last store
    }

    /** Fails when the region was closed meanwhile: then it reads as nobody's, and what it guards must not be stored to. */
    void requireOpen() {
        region.checkOpen();
    }

    /** Gives it back; everything this owner stored is seen by the next. */
    void give() {
        memory.putLongRelease(offset, NOBODY); // pairs with: tryTake
    }

    /** Gives it back if this participant has it; else only looks, as it shares a line with words of others. */
    static void give(Memory memory, int offset, long participant) {
        if (memory.getLongAcquire(offset) == participant) {
            memory.putLongRelease(offset, NOBODY); // pairs with: tryTake
        }
    }
}

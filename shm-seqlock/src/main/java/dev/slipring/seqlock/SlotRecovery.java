package dev.slipring.seqlock;

import dev.slipring.core.Memory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;

/**
 * Finds where a writer goes on after the one before it, however that one ended.
 *
 * <ol>
 *   <li>Take {@code latest}, the newest announced version L. Its cell is complete: a version is announced when it is, and its cell is used
 *       again N versions later.
 *   <li>Look at the cell of L + 1. Complete: the one before died, or left, before it could announce it, and readers may have it: announce
 *       it. Being written, or older: it was never there; the next write makes it anew, in that same cell.
 * </ol>
 *
 * <p>So versions have no holes, and the cell that a dead writer has spoilt is the next to be written. If the successor went on above the
 * spoilt version instead, it would write to a cell that still held a good value; with two cells that is the last one there is, and a second
 * death would leave none (docs/models/seqlock.pml, SKIPODD).
 */
final class SlotRecovery {
    /** No writer comes this far; a stamp has one bit more. */
    private static final long MAX_VERSION = 1L << 60;

    private SlotRecovery() {
    }

    /** Returns the newest complete version, which is announced; 0 for none. To be called by the slot's owner. */
    static long goOn(Region region, Memory data, Slot slot) {
        long latest = data.getLongAcquire(slot.latestOffset()); // pairs with: SlotWriter.publish of the one before
        require(region, latest >= 0 && latest < MAX_VERSION, "latest of at least 0 and below", MAX_VERSION, latest);
        long stamp = data.getLongAcquire(slot.cellOffset(latest));
        require(region, latest == 0 || stamp == CellDescriptor.complete(latest), "stamp", CellDescriptor.complete(latest), stamp);
        long next = data.getLongAcquire(slot.cellOffset(latest + 1));
        require(region, next >= 0 && next <= CellDescriptor.complete(latest + 1), "a stamp of at most",
            CellDescriptor.complete(latest + 1), next);
        if (next != CellDescriptor.complete(latest + 1)) {
            return latest;
        }
        data.putLongRelease(slot.latestOffset(), latest + 1); // pairs with: SlotReader.newest
        return latest + 1;
    }

    private static void require(Region region, boolean condition, String what, long expected, long found) {
        if (!condition) {
            region.checkOpen(); // a closed region reads as zeros
            throw new RegionCorrupt("table " + region.name() + " is damaged: expected " + what + " " + expected + ", found "
                + found + "; stop its writers, remove it and create it anew");
        }
    }
}

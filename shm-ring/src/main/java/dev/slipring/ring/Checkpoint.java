package dev.slipring.ring;

import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.RegionCorrupt;

/**
 * Where a restarted producer or consumer begins: a position, and the sequence of the message that starts there.
 *
 * <h2>Algorithm notes</h2>
 * Two words cannot be stored at once, so there are two cells and an index that says which one holds. The writer fills the other cell and
 * then moves the index; killed in between, the old cell still holds. A reader takes the index, then the cell, then the index again: while
 * it has not moved, the cell was not being rewritten. The index counts up and never goes back, so two moves cannot look like none.
 *
 * @param index    counts checkpoints
 * @param position start of the first message that was not released
 * @param sequence its sequence, counted from 0
 */
record Checkpoint(long index, long position, long sequence) {
    private static final int MAX_TRIES = 1_000_000;

    /** Stores the checkpoint after the one with {@code index}; returns its own. */
    static long store(Memory words, long index, long position, long sequence) {
        long next = index + 1;
        int cell = CheckpointDescriptor.cellOffset(next);
        words.storeStoreFence(); // the index that retired this cell is seen before its new content; pairs with: load's loadLoadFence
        words.putLong(cell, position);
        words.putLong(cell + Long.BYTES, sequence);
        words.putLongRelease(CheckpointDescriptor.INDEX_OFFSET, next); // the cell before the index; pairs with: load's acquire
        return next;
    }

    static Checkpoint load(ReadMemory words) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long index = words.getLongAcquire(CheckpointDescriptor.INDEX_OFFSET); // pairs with: store's release
            int cell = CheckpointDescriptor.cellOffset(index);
            var checkpoint = new Checkpoint(index, words.getLong(cell), words.getLong(cell + Long.BYTES));
            words.loadLoadFence(); // the cell before the second look; pairs with: store's storeStoreFence
            if (words.getLongOpaque(CheckpointDescriptor.INDEX_OFFSET) == index) {
                return checkpoint;
            }
        }
        throw new RegionCorrupt("the checkpoint index moved " + MAX_TRIES
            + " times while it was read, expected once: the consumer misbehaves; "
            + "stop it and create the ring anew");
    }
}

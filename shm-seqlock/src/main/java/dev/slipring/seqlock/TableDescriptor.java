package dev.slipring.seqlock;

import dev.slipring.core.Doorbell;
import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;

/**
 * Layout of a slot table. A slot is a header and a power of two of cells; version v of its value stands in cell {@code v & (cells - 1)}.
 *
 * <pre>
 *  PRODUCER area (stored to by writers)
 *      +0   slots: how many have been added
 *      +8   owner of the directory: the participant that is adding one, or 0 ({@link Owner})
 *
 *  DATA area
 *      +0   shape: how many slots can be added (4 bytes), cells of each (4), longest payload (4); stored by the creator only
 *    +128   index: an open hash table of 4 bytes each, slot number + 1 or 0; a power of two of entries, twice the slots at least
 *           slots, each at a multiple of 128:
 *               +0   key (8 bytes), length of the name (4), name: UTF-8, at most 52 bytes; do not change once the index leads here
 *              +64   latest: the newest version that was announced; the newest complete one, or the one before it
 *              +72   owner of the slot: the participant that may write to it, or 0
 *             +128   cells, each at a multiple of 128 ({@link CellDescriptor})
 * </pre>
 *
 * @param slots   how many can be added
 * @param cells   of each slot; a power of two
 * @param payload longest value in bytes
 */
record TableDescriptor(int slots, int cells, int payload) {
    static final int COUNT_OFFSET = 0;
    static final int DIRECTORY_OWNER_OFFSET = 8;

    static final int ALIGNMENT = 128;
    static final int MAX_NAME_LENGTH = 52;
    private static final int SLOTS_OFFSET = 0;
    private static final int CELLS_OFFSET = 4;
    private static final int PAYLOAD_OFFSET = 8;
    private static final int INDEX_OFFSET = 128;

    static TableDescriptor read(ReadMemory data) {
        return new TableDescriptor(data.getInt(SLOTS_OFFSET), data.getInt(CELLS_OFFSET), data.getInt(PAYLOAD_OFFSET));
    }

    void writeTo(Memory data) {
        data.putInt(SLOTS_OFFSET, slots);
        data.putInt(CELLS_OFFSET, cells);
        data.putInt(PAYLOAD_OFFSET, payload);
    }

    /** Bytes of the data area. */
    long dataLength() {
        return slotsOffset() + slots * slotStride();
    }

    int indexEntries() {
        return 2 * Integer.highestOneBit(2 * slots - 1);
    }

    /** Where the index is looked at first for a key. */
    int homeEntry(long key) {
        return spread(key, indexEntries());
    }

    int indexOffset(int entry) {
        return INDEX_OFFSET + entry * Integer.BYTES;
    }

    int keyOffset(int slot) {
        return (int) (slotsOffset() + slot * slotStride());
    }

    int nameLengthOffset(int slot) {
        return keyOffset(slot) + 8;
    }

    int nameOffset(int slot) {
        return keyOffset(slot) + 12;
    }

    int latestOffset(int slot) {
        return keyOffset(slot) + 64;
    }

    int ownerOffset(int slot) {
        return keyOffset(slot) + 72;
    }

    int firstCellOffset(int slot) {
        return keyOffset(slot) + ALIGNMENT;
    }

    int cellStride() {
        return (int) align(CellDescriptor.PAYLOAD_OFFSET + payload);
    }

    /** Where the readers of the slot with this key sleep. Several slots may share one: who is woken for another looks, and sleeps on. */
    static int bell(long key) {
        return spread(key, Doorbell.OF_SLOTS);
    }

    /**
     * Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the high bits of the product.
     *
     * @param range a power of two, 2 or more
     */
    private static int spread(long key, int range) {
        return (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> (Long.numberOfLeadingZeros(range) + 1));
    }

    private long slotsOffset() {
        return align(INDEX_OFFSET + (long) indexEntries() * Integer.BYTES);
    }

    private long slotStride() {
        return ALIGNMENT + (long) cells * cellStride();
    }

    private static long align(long length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}

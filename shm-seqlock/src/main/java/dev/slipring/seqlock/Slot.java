package dev.slipring.seqlock;

/** Where the words of one slot lie in the data area. */
record Slot(int latestOffset, int ownerOffset, int firstCellOffset, int cellStride, int mask) {

    static Slot of(TableDescriptor layout, int number) {
        return new Slot(layout.latestOffset(number), layout.ownerOffset(number), layout.firstCellOffset(number), layout.cellStride(),
            layout.cells() - 1);
    }

    /** The cell of a version; of any number whatsoever, a cell of this slot. */
    int cellOffset(long version) {
        return firstCellOffset + ((int) version & mask) * cellStride;
    }

    int cells() {
        return mask + 1;
    }
}

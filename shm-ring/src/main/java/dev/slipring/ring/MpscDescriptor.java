package dev.slipring.ring;

/**
 * Layout of the words of an MPSC ring and of the first word of its records. Positions as in {@link SpscDescriptor}; records start at
 * multiples of 64 bytes, so that no two producers store to one cache line; where a restart begins: {@link CheckpointDescriptor}.
 *
 * <pre>
 *  PRODUCER area (stored to by every producer)
 *      +0   tail: a hint where the last claim ends; it may lag or go back
 *
 *  CONSUMER area (stored to by the consumer)
 *      +0   head: everything before it is marked empty for the next lap
 *      +8   consumed: everything before it was consumed; never beyond the position a restart begins at
 *
 *  First word of a record, least significant bit first
 *      empty     63 bits that mix the region's epoch and the position | 1
 *      message   30 bits length (header + payload) | 00 | 31 bits type       | 0
 *      padding   30 bits length                    | 10 | 31 bits 0          | 0
 *      claim     24 bits length / 64, 6 bits slot  | 01 | 31 bits generation | 0
 * </pre>
 *
 * <p>"Empty" differs from position to position and from lap to lap, so that a producer that was stopped before it could claim a position
 * cannot claim it a lap later, in the middle of another record: what it expects to find there never comes again.
 */
final class MpscDescriptor {
    static final int TAIL_OFFSET = 0;
    static final int HEAD_OFFSET = 0;
    static final int CONSUMED_OFFSET = 8;
    static final int ALIGNMENT = 64;

    private static final int LENGTH_MASK = (1 << 30) - 1;
    private static final int KIND_MASK = 0b11 << 30;
    private static final int PADDING = 0b01 << 30;
    private static final int CLAIM = 0b10 << 30;
    private static final int SLOT_SHIFT = 24;
    private static final int SLOT_MASK = 0b111111;
    private static final int UNITS_MASK = (1 << SLOT_SHIFT) - 1;

    private MpscDescriptor() {
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). */
    static long empty(long epoch, long position) {
        long z = epoch + position * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (z ^ z >>> 31) | Long.MIN_VALUE;
    }

    static boolean isEmpty(long word) {
        return word < 0;
    }

    static long padding(int length) {
        return Integer.toUnsignedLong(PADDING | length);
    }

    static boolean isPadding(long word) {
        return ((int) word & KIND_MASK) == PADDING;
    }

    static long claim(int length, int slot, int generation) {
        return (long) generation << 32 | Integer.toUnsignedLong(CLAIM | slot << SLOT_SHIFT | length / ALIGNMENT);
    }

    static boolean isClaim(long word) {
        return ((int) word & KIND_MASK) == CLAIM;
    }

    static int slot(long claim) {
        return (int) claim >> SLOT_SHIFT & SLOT_MASK;
    }

    static int generation(long claim) {
        return (int) (claim >> 32);
    }

    /** Bytes to the next record, for any word but an empty one. */
    static int stride(long word) {
        return isClaim(word) ? ((int) word & UNITS_MASK) * ALIGNMENT : RecordDescriptor.align((int) word & LENGTH_MASK, ALIGNMENT);
    }
}

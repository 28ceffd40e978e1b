package dev.slipring.ring;

/**
 * Layout of the words of a broadcast ring and of its records. Positions as in {@link SpscDescriptor}; records start at multiples of 64
 * bytes.
 *
 * <pre>
 *  PRODUCER area (stored to by the producer)
 *      +0   intent: what lies more than the capacity before it may be overwritten; never goes back
 *    +128   tail: a hint where the next record starts; never beyond it
 *   +1024   64 marks, one for each 64th of the ring: where its first record starts | 1, or 0; those from before intent - capacity are old
 *
 *  CONSUMER area (each stored to by one subscriber)
 *      +0   64 gates, 64 bytes apart, one for each participant slot: where its subscriber reads next | 1;
 *           0 for a reader that only sleeps
 *
 *  Record
 *      +0   +---------------+---------------+
 *           | length        | type          |   the header of all rings; the length includes these 16 bytes
 *      +8   +---------------+---------------+
 *           | sequence, counted from 0      |   not in padding, whose header is all that is written
 *     +16   +-------------------------------+
 *           | payload ...                   |
 *           +-------------------------------+
 * </pre>
 */
final class BroadcastDescriptor {
    static final int INTENT_OFFSET = 0;
    static final int TAIL_OFFSET = 128;
    static final int ALIGNMENT = 64;
    static final int SEGMENTS = 64;
    static final int MIN_CAPACITY = SEGMENTS * ALIGNMENT;

    static final int SEQUENCE_OFFSET = RecordDescriptor.HEADER_LENGTH;
    static final int HEADER_LENGTH = SEQUENCE_OFFSET + Long.BYTES;

    private static final int MARKS_OFFSET = 1024;
    private static final int GATE_LENGTH = 64;
    private static final int SET = 1;

    private BroadcastDescriptor() {
    }

    /** @param segment 0…63 */
    static int markOffset(int segment) {
        return MARKS_OFFSET + segment * Long.BYTES;
    }

    static int gateOffset(int slot) {
        return slot * GATE_LENGTH;
    }

    /** A mark or gate at this position. */
    static long set(long position) {
        return position | SET;
    }

    static boolean isSet(long word) {
        return (word & SET) != 0;
    }

    /** The position of a mark or gate that is set. */
    static long position(long word) {
        return word & ~SET;
    }
}

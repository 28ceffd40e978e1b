package dev.slipring.ring;

/**
 * Layout of the words of an SPSC ring, each side's apart from the other's. Positions are bytes since the first record, counted from the
 * region's initial position; the offset in the data area is {@code position & (capacity - 1)}.
 *
 * <pre>
 *  PRODUCER area (stored to by the producer)
 *      +0   position: end of what is published; for tools, the flow does not need it
 *
 *  CONSUMER area (stored to by the consumer)
 *      +0   head: everything before it may be overwritten
 *
 *  CHECKPOINTS area (stored to by the consumer)
 *      +0   index: counts checkpoints; the valid cell is index & 1
 *     +16   cell 0: position, sequence of the message that starts there
 *     +32   cell 1: the same
 * </pre>
 */
final class SpscDescriptor {
    static final int POSITION_OFFSET = 0;
    static final int HEAD_OFFSET = 0;
    static final int INDEX_OFFSET = 0;

    private static final int CELLS_OFFSET = 16;
    private static final int CELL_LENGTH = 16;

    private SpscDescriptor() {
    }

    static int cellOffset(long index) {
        return CELLS_OFFSET + (int) (index & 1) * CELL_LENGTH;
    }

    static int maxMessageLength(long capacity) {
        return (int) (capacity / 8);
    }
}

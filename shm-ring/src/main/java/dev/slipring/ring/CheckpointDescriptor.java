package dev.slipring.ring;

/**
 * Layout of the words a restart begins from, stored to by the consumer.
 *
 * <pre>
 *  CHECKPOINTS area
 *      +0   index: counts checkpoints; the valid cell is index &amp; 1
 *     +16   cell 0: position, sequence of the message that starts there
 *     +32   cell 1: the same
 * </pre>
 */
final class CheckpointDescriptor {
    static final int INDEX_OFFSET = 0;

    private static final int CELLS_OFFSET = 16;
    private static final int CELL_LENGTH = 16;

    private CheckpointDescriptor() {
    }

    static int cellOffset(long index) {
        return CELLS_OFFSET + (int) (index & 1) * CELL_LENGTH;
    }
}

package dev.slipring.ring;

/**
 * Layout of the words of an SPSC ring, each side's apart from the other's. Positions are bytes since the first record, counted from the
 * region's initial position; the offset in the data area is {@code position & (capacity - 1)}. Records: {@link RecordDescriptor}; where a
 * restart begins: {@link CheckpointDescriptor}.
 *
 * <pre>
 *  PRODUCER area (stored to by the producer)
 *      +0   position: end of what is published; for tools, the flow does not need it
 *
 *  CONSUMER area (stored to by the consumer)
 *      +0   head: everything before it may be overwritten
 * </pre>
 */
final class SpscDescriptor {
    static final int POSITION_OFFSET = 0;
    static final int HEAD_OFFSET = 0;

    private SpscDescriptor() {
    }
}

package dev.slipring.ring;

import dev.slipring.core.ReadMemory;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionHeader;

/**
 * The geometry of one ring: where positions lie, and which headers can stand there. A header from shared memory is believed only after
 * {@link #lengthOf}, so a hostile or broken producer can stop the flow but not make anybody read outside the ring or for ever.
 */
final class Records {
    private final String ring;
    private final int capacity;
    private final int alignment;
    private final int headerLength;
    private final int maxMessageLength;

    Records(String ring, RegionHeader header) {
        this(ring, header, RecordDescriptor.HEADER_LENGTH);
    }

    /** @param headerLength bytes before the message, of which the first 8 are the header that everybody knows */
    Records(String ring, RegionHeader header, int headerLength) {
        this.ring = ring;
        this.headerLength = headerLength;
        capacity = (int) header.capacity();
        alignment = header.recordAlignment();
        maxMessageLength = RecordDescriptor.maxMessageLength(capacity) + RecordDescriptor.HEADER_LENGTH - headerLength;
    }

    int capacity() {
        return capacity;
    }

    int maxMessageLength() {
        return maxMessageLength;
    }

    int headerLength() {
        return headerLength;
    }

    int offset(long position) {
        return (int) position & capacity - 1;
    }

    /** Bytes from one record to the next, for this payload. */
    int stride(int messageLength) {
        return RecordDescriptor.align(messageLength + headerLength, alignment);
    }

    /** @throws IllegalArgumentException when there can be no such message in this ring */
    void requireMessage(int type, int length) {
        if (type < 0) {
            throw new IllegalArgumentException("type=" + type + " is negative; the ring keeps those for itself");
        }
        if (length < 0 || length > maxMessageLength) {
            throw new IllegalArgumentException("length=" + length + " is outside 0…" + maxMessageLength
                + ", an eighth of the ring's capacity; send less at once or create a larger ring");
        }
    }

    /**
     * The stride of the record or padding with this header, checked.
     *
     * @throws RegionCorrupt when no producer of ours can have written it
     */
    int lengthOf(long header, long position, ReadMemory data) {
        int length = RecordDescriptor.length(header);
        int type = RecordDescriptor.type(header);
        int toEnd = capacity - offset(position);
        int max = maxMessageLength + headerLength;
        if (length < RecordDescriptor.HEADER_LENGTH || length > RecordDescriptor.align(max, alignment)) {
            throw corrupt("a length in " + headerLength + "…" + max, header, position, data);
        }
        int stride = RecordDescriptor.align(length, alignment);
        if (stride > toEnd || type < RecordDescriptor.PADDING_TYPE) {
            throw corrupt("a type of -1 or more and a record of at most the " + toEnd + " bytes to the end", header, position, data);
        }
        if (type == RecordDescriptor.PADDING_TYPE ? length != toEnd : length > max) {
            throw corrupt("padding that reaches the end, in " + toEnd + " bytes, or a message of at most " + max, header, position, data);
        }
        return stride;
    }

    /** @throws RegionCorrupt when {@code position} cannot be where a record starts */
    void requirePosition(String what, long position, long initialPosition) {
        if (position - initialPosition < 0 || position % alignment != 0) {
            throw new RegionCorrupt(ring + " is damaged: its " + what + " should be a multiple of " + alignment + " from " + initialPosition
                + " on, found " + position + "; remove it and create it anew");
        }
    }

    RegionCorrupt corrupt(String expected, long header, long position, ReadMemory data) {
        var dump = new StringBuilder();
        int from = offset(position);
        for (int i = from; i < Math.min(from + 32, capacity); i++) {
            dump.append(String.format(" %02x", data.buffer().getByte(i)));
        }
        return new RegionCorrupt(ring + " is damaged at position " + position + " (offset " + from + "): expected " + expected
            + ", found length " + RecordDescriptor.length(header) + " type " + RecordDescriptor.type(header) + "; bytes" + dump
            + "; stop its producer, remove it and create it anew");
    }
}

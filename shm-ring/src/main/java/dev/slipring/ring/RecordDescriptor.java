package dev.slipring.ring;

/**
 * Layout of a record in a ring's data area.
 *
 * <pre>
 *      +0   +-------------------------------+-------------------------------+
 *           |   length (header + payload)   |             type              |
 *      +8   +-------------------------------+-------------------------------+
 *           |  payload ...                                                 ...
 *           +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The header is one little-endian 64-bit word, so it appears at once. Zero means "nothing here yet"; the store of a header that is not
 * zero is what publishes a record. Records start at multiples of the record alignment (8 or 64) and never wrap: what does not fit before
 * the end of the ring is preceded by a padding record (type -1) that reaches exactly to the end. A seal (type -2, no payload) is the last
 * record for good: nobody goes past it.
 */
final class RecordDescriptor {
    static final int HEADER_LENGTH = 8;
    static final int PADDING_TYPE = -1;
    static final long EMPTY = 0L;
    static final long SEAL = header(HEADER_LENGTH, -2);

    private RecordDescriptor() {
    }

    static long header(int length, int type) {
        return (long) type << 32 | Integer.toUnsignedLong(length);
    }

    static int length(long header) {
        return (int) header;
    }

    static int type(long header) {
        return (int) (header >> 32);
    }

    static int align(int length, int alignment) {
        return length + alignment - 1 & -alignment;
    }

    static int maxMessageLength(int capacity) {
        return capacity / 8;
    }
}

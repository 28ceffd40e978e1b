package dev.slipring.seqlock;

/**
 * Layout of a cell: one value with what belongs to it. The header and the first 8 bytes of the payload share a cache line.
 *
 * <pre>
 *  0               4               8               12
 *  +0    +-------------------------------+---------------+---------------+
 *        |             stamp             |    length     |   clock id    |
 *  +16   +-------------------------------+---------------+---------------+
 *        |         publish time          |          source time          |
 *  +32   +-------------------------------+-------------------------------+
 *        |        context version        |         ring sequence         |
 *  +48   +-------------------------------+-------------------------------+
 *        |            writer             | payload, length bytes ...
 *        +-------------------------------+-------------------------------
 * </pre>
 *
 * <p>The stamp is 2v - 1 while version v is being written, and 2v when it is complete: who reads 2v, copies, and reads 2v again behind a
 * fence, has copied version v.
 */
final class CellDescriptor {
    static final int STAMP_OFFSET = 0;
    static final int LENGTH_OFFSET = 8;
    static final int CLOCK_ID_OFFSET = 12;
    static final int PUBLISH_TIME_OFFSET = 16;
    static final int SOURCE_TIME_OFFSET = 24;
    static final int CONTEXT_VERSION_OFFSET = 32;
    static final int RING_SEQUENCE_OFFSET = 40;
    static final int WRITER_OFFSET = 48;
    static final int PAYLOAD_OFFSET = 56;

    private CellDescriptor() {
    }

    static long beingWritten(long version) {
        return 2 * version - 1;
    }

    static long complete(long version) {
        return 2 * version;
    }
}

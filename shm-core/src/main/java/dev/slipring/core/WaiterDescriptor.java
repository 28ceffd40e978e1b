package dev.slipring.core;

/**
 * Layout of the waiters area: one pair of words for each side of the flow, each on lines of its own. Present in every
 * region, and zero while the header's parking flag is clear. In a slot table there are {@value #SLOT_SIDES} sides, and the readers of a
 * slot sleep on the one that follows from its key.
 *
 * <pre>
 *      +0   +---------------+---------------+
 *           |      seq      |   sleepers    |   side 0: the consumer sleeps here
 *      +8   +---------------+---------------+---------------------------------+
 *           | zeros                                                           |
 *    +128   +---------------+---------------+---------------------------------+
 *           |      seq      |   sleepers    |   side 1: the producer sleeps here
 *    +136   +---------------+---------------+---------------------------------+
 *           | zeros                                                           |
 *    +256   +-----------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code seq} is the futex word: a waker adds one to it before it wakes. {@code sleepers} is a flag and no count: whoever is about to
 * sleep sets it to 1, a waker exchanges it for 0; so a sleeper that dies costs one useless wake and nothing more.
 */
final class WaiterDescriptor {
    static final int CONSUMER_SIDE = 0;
    static final int PRODUCER_SIDE = 1;

    static final int SLOT_SIDES = 32;

    private static final int SIDE_LENGTH = 128;
    private static final int SEQ_OFFSET = 0;
    private static final int SLEEPERS_OFFSET = 4;

    private WaiterDescriptor() {
    }

    static int side(Role sleepers) {
        return sleepers == Role.CONSUMER ? CONSUMER_SIDE : PRODUCER_SIDE;
    }

    static int sides(RegionKind kind) {
        return kind == RegionKind.SLOT_TABLE ? SLOT_SIDES : Role.values().length;
    }

    static int seqOffset(int side) {
        return side * SIDE_LENGTH + SEQ_OFFSET;
    }

    static int sleepersOffset(int side) {
        return side * SIDE_LENGTH + SLEEPERS_OFFSET;
    }
}

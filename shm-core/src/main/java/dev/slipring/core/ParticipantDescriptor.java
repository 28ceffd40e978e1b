package dev.slipring.core;

/**
 * Layout of the participants' table: 64 slots of 256 bytes. A slot is changed only under the repair lock, by whoever holds the lock byte
 * of that slot or, once the kernel has let that byte go, by whoever cleans up.
 *
 * <pre>
 *      +0   +---------------+---------------+---------------+---------------+
 *           |  generation   |     state     |     role      |   reserved    |
 *     +16   +---------------+---------------+---------------+---------------+
 *           |          process id           | process start, ms since 1970  |
 *     +32   +-------------------------------+-------------------------------+
 *           | registered, ns since 1970     |  PID namespace, inode number  |
 *     +48   +---------------+---------------+-------------------------------+
 *           |  name length  | name, UTF-8, at most 76 bytes                 |
 *    +128   +---------------+-----------------------------------------------+
 *           | stalls                        | sleeps                        |
 *    +144   +-------------------------------+-------------------------------+
 *           | gaps                          | lost                          |
 *    +160   +-------------------------------+-------------------------------+
 *           | reserved                                                      |
 *    +256   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A participant is known to others as {slot, generation}; the generation counts the lives of a slot (30 bits). Process id, start time,
 * name and the counts from +128 on are for people; no decision rests on them. Those counts are the exception to the rule above: their
 * participant stores to them while it lives ({@link OwnCounters}).
 */
final class ParticipantDescriptor {
    static final int SLOT_LENGTH = 256;
    static final int TABLE_LENGTH = RegionDescriptor.MAX_PARTICIPANTS * SLOT_LENGTH;
    static final int GENERATION_MASK = (1 << 30) - 1;

    static final int FREE = 0;
    static final int ACTIVE = 1;

    private static final int GENERATION_OFFSET = 0;
    private static final int STATE_OFFSET = 4;
    private static final int ROLE_OFFSET = 8;
    private static final int PID_OFFSET = 16;
    private static final int PROCESS_START_OFFSET = 24;
    private static final int REGISTERED_OFFSET = 32;
    private static final int PID_NAMESPACE_OFFSET = 40;
    private static final int NAME_LENGTH_OFFSET = 48;
    private static final int NAME_OFFSET = 52;
    private static final int STALLS_OFFSET = 128;
    private static final int SLEEPS_OFFSET = 136;
    private static final int GAPS_OFFSET = 144;
    private static final int LOST_OFFSET = 152;
    static final int MAX_NAME_LENGTH = STALLS_OFFSET - NAME_OFFSET;

    private ParticipantDescriptor() {
    }

    static int generationOffset(int slot) {
        return slot * SLOT_LENGTH + GENERATION_OFFSET;
    }

    static int stateOffset(int slot) {
        return slot * SLOT_LENGTH + STATE_OFFSET;
    }

    static int roleOffset(int slot) {
        return slot * SLOT_LENGTH + ROLE_OFFSET;
    }

    static int pidOffset(int slot) {
        return slot * SLOT_LENGTH + PID_OFFSET;
    }

    static int processStartOffset(int slot) {
        return slot * SLOT_LENGTH + PROCESS_START_OFFSET;
    }

    static int registeredOffset(int slot) {
        return slot * SLOT_LENGTH + REGISTERED_OFFSET;
    }

    static int pidNamespaceOffset(int slot) {
        return slot * SLOT_LENGTH + PID_NAMESPACE_OFFSET;
    }

    static int nameLengthOffset(int slot) {
        return slot * SLOT_LENGTH + NAME_LENGTH_OFFSET;
    }

    static int nameOffset(int slot) {
        return slot * SLOT_LENGTH + NAME_OFFSET;
    }

    static int stallsOffset(int slot) {
        return slot * SLOT_LENGTH + STALLS_OFFSET;
    }

    static int sleepsOffset(int slot) {
        return slot * SLOT_LENGTH + SLEEPS_OFFSET;
    }

    static int gapsOffset(int slot) {
        return slot * SLOT_LENGTH + GAPS_OFFSET;
    }

    static int lostOffset(int slot) {
        return slot * SLOT_LENGTH + LOST_OFFSET;
    }
}

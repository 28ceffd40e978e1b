package dev.slipring.core;

/**
 * Layout of the counters area: how many participants of a role came, left in order, or died; and the journal that makes a change of one
 * count and one slot's state happen entirely or not at all.
 *
 * <pre>
 *      +0   +---------------+---------------+---------------+---------------+
 *           | journal valid |  which count  |           new value           |
 *     +16   +---------------+---------------+-------------------------------+
 *           |     slot      |  new state    |  died before the new era      |
 *    +128   +---------------+---------------+-------------------------------+
 *           | role 0:  attached             | closed in order               |
 *    +144   +-------------------------------+-------------------------------+
 *           | died                          | died before this era          |
 *    +256   +-------------------------------+-------------------------------+
 *           | role 1: the same ...                                          |
 * </pre>
 *
 * <p>{@code which count} is role * 3 + {0 attached, 1 closed in order, 2 died}. An era of a role begins when somebody attaches while
 * nobody of that role lives, and ends with the last of them; how the last era ended is what a peer is told.
 */
final class CountersDescriptor {
    static final int JOURNAL_VALID_OFFSET = 0;
    static final int JOURNAL_COUNT_OFFSET = 4;
    static final int JOURNAL_VALUE_OFFSET = 8;
    static final int JOURNAL_SLOT_OFFSET = 16;
    static final int JOURNAL_STATE_OFFSET = 20;
    static final int JOURNAL_ERA_OFFSET = 24;

    private static final int ROLES_OFFSET = 128;
    private static final int ROLE_LENGTH = 128;
    private static final int COUNTS_PER_ROLE = Count.values().length;

    private CountersDescriptor() {
    }

    /** The three counts of a role; {@code live = ATTACHED - CLOSED_IN_ORDER - DIED}. */
    enum Count {
        ATTACHED,
        CLOSED_IN_ORDER,
        DIED
    }

    static int countOffset(Role role, Count count) {
        return ROLES_OFFSET + role.ordinal() * ROLE_LENGTH + count.ordinal() * Long.BYTES;
    }

    static int diedBeforeEraOffset(Role role) {
        return ROLES_OFFSET + role.ordinal() * ROLE_LENGTH + COUNTS_PER_ROLE * Long.BYTES;
    }

    static int countIndex(Role role, Count count) {
        return role.ordinal() * COUNTS_PER_ROLE + count.ordinal();
    }

    static boolean isCountIndex(int index) {
        return index >= 0 && index < Role.values().length * COUNTS_PER_ROLE;
    }

    static Role role(int countIndex) {
        return Role.values()[countIndex / COUNTS_PER_ROLE];
    }

    static Count count(int countIndex) {
        return Count.values()[countIndex % COUNTS_PER_ROLE];
    }
}

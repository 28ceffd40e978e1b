package dev.slipring.seqlock;

/**
 * Layout of a group's value: 16 bytes for each member, in the group's order.
 *
 * <pre>
 *      +0   number of the slot in its table (8 bytes)
 *      +8   version (8 bytes)
 * </pre>
 */
final class GroupDescriptor {
    static final int ENTRY_LENGTH = 16;

    private GroupDescriptor() {
    }

    static int slotOffset(int member) {
        return member * ENTRY_LENGTH;
    }

    static int versionOffset(int member) {
        return member * ENTRY_LENGTH + Long.BYTES;
    }
}

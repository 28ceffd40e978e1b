package dev.slipring.core;

/**
 * The journal of a region: the change of one count and one slot's state that is in progress, or that somebody died in; whoever takes the
 * repair lock next completes it.
 *
 * @param valid         whether there is one; else the rest is what the last one left
 * @param count         which count: role × 3 + {0 attached, 1 closed in order, 2 died}
 * @param value         its new value
 * @param slot          whose state changes
 * @param state         its new state: 0 FREE, 1 ACTIVE
 * @param diedBeforeEra how many of the role had died before its era began
 */
public record JournalStatus(boolean valid, int count, long value, int slot, int state, long diedBeforeEra) {
    /** The change in words. */
    @Override
    public String toString() {
        String which = CountersDescriptor.isCountIndex(count)
            ? CountersDescriptor.role(count) + " " + CountersDescriptor.count(count) : "count " + count + ", which there is not,";
        String to = switch (state) {
            case ParticipantDescriptor.FREE -> "FREE";
            case ParticipantDescriptor.ACTIVE -> "ACTIVE";
            default -> "state " + state + ", which there is not";
        };
        return which + " becomes " + value + ", slot " + slot + " becomes " + to;
    }
}

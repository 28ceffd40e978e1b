package dev.slipring.core;

import dev.slipring.core.CountersDescriptor.Count;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The words of the participants' table and of the counters, and how they change. Knows nothing of locks: every change happens under the
 * repair lock, which is {@link Participants}' business.
 *
 * <h2>Algorithm notes</h2>
 * A count and the state of a slot change together or not at all, although the process may be killed between any two stores. The change is
 * first written down as a journal of final values, then declared valid, then carried out, then declared done. Whoever takes the repair
 * lock next finds either no valid journal (nothing had happened, or all of it) or a valid one, and carries it out again: these are stores
 * of values, never increments, so twice is the same as once. Without the journal a killed cleaner's count is lost or made twice, and a
 * reader waits for a CLOSED that never comes.
 */
final class ParticipantTable {
    private final String region;
    private final Memory table;
    private final Memory counters;

    ParticipantTable(String region, Memory table, Memory counters) {
        this.region = region;
        this.table = table;
        this.counters = counters;
    }

    int state(int slot) {
        return table.getIntAcquire(ParticipantDescriptor.stateOffset(slot));
    }

    int generation(int slot) {
        return table.getIntAcquire(ParticipantDescriptor.generationOffset(slot)); // pairs with: write
    }

    int role(int slot) {
        return table.getInt(ParticipantDescriptor.roleOffset(slot));
    }

    long count(Role role, Count count) {
        return counters.getLongAcquire(CountersDescriptor.countOffset(role, count)); // pairs with: redo
    }

    /** Whether somebody died, or is, in the middle of a change. */
    boolean isJournalValid() {
        return counters.getIntAcquire(CountersDescriptor.JOURNAL_VALID_OFFSET) != 0;
    }

    long changes(Role role) {
        return counters.getLongAcquire(CountersDescriptor.changesOffset(role)); // pairs with: redo
    }

    long diedBeforeEra(Role role) {
        return counters.getLongAcquire(CountersDescriptor.diedBeforeEraOffset(role)); // pairs with: redo
    }

    /** Writes who lives in a slot, under a new generation. The slot is still FREE to everybody else. */
    int write(int slot, Role role, String name) {
        int generation = table.getInt(ParticipantDescriptor.generationOffset(slot)) + 1 & ParticipantDescriptor.GENERATION_MASK;
        // Release: whoever sees what the new life writes elsewhere also sees that the old one is over. pairs with: generation
        table.putIntRelease(ParticipantDescriptor.generationOffset(slot), generation);
        var now = Instant.now();
        var encoded = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        int length = Math.min(encoded.capacity(), ParticipantDescriptor.MAX_NAME_LENGTH);
        while (length < encoded.capacity() && (encoded.getByte(length) & 0xc0) == 0x80) {
            length--; // not within a character
        }
        table.putInt(ParticipantDescriptor.roleOffset(slot), role.ordinal());
        table.putLong(ParticipantDescriptor.pidOffset(slot), ThisProcess.PID);
        table.putLong(ParticipantDescriptor.processStartOffset(slot), ThisProcess.START_MS);
        table.putLong(ParticipantDescriptor.registeredOffset(slot), TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
        table.putLong(ParticipantDescriptor.pidNamespaceOffset(slot), ThisProcess.PID_NAMESPACE);
        table.putInt(ParticipantDescriptor.nameLengthOffset(slot), length);
        table.copyIn(ParticipantDescriptor.nameOffset(slot), encoded, 0, length);
        table.putLong(ParticipantDescriptor.stallsOffset(slot), 0);
        table.putLong(ParticipantDescriptor.sleepsOffset(slot), 0);
        table.putLong(ParticipantDescriptor.gapsOffset(slot), 0);
        table.putLong(ParticipantDescriptor.lostOffset(slot), 0);
        return generation;
    }

    /** What a slot says, for people. */
    ParticipantInfo info(int slot) {
        int length = Math.clamp(table.getInt(ParticipantDescriptor.nameLengthOffset(slot)), 0, ParticipantDescriptor.MAX_NAME_LENGTH);
        var name = new UnsafeBuffer(new byte[length]);
        table.copyOut(ParticipantDescriptor.nameOffset(slot), name, 0, length);
        int role = Math.clamp(role(slot), 0, Role.values().length - 1);
        long registeredNs = table.getLong(ParticipantDescriptor.registeredOffset(slot));
        return new ParticipantInfo(slot, generation(slot), Role.values()[role], new String(name.byteArray(), StandardCharsets.UTF_8),
            table.getLong(ParticipantDescriptor.pidOffset(slot)), Instant.EPOCH.plusNanos(registeredNs));
    }

    /** What the participant in a slot has counted of itself. */
    ParticipantCounts counts(int slot) {
        return new ParticipantCounts(table.getLongOpaque(ParticipantDescriptor.stallsOffset(slot)), // pairs with: OwnCounters.store
            table.getLongOpaque(ParticipantDescriptor.sleepsOffset(slot)), table.getLongOpaque(ParticipantDescriptor.gapsOffset(slot)),
            table.getLongOpaque(ParticipantDescriptor.lostOffset(slot)));
    }

    /** When the process in a slot began, as it said; whoever has its id now may be another. */
    Instant processStart(int slot) {
        return Instant.ofEpochMilli(table.getLong(ParticipantDescriptor.processStartOffset(slot)));
    }

    /** The PID namespace in which a slot's process id means something. */
    long pidNamespace(int slot) {
        return table.getLong(ParticipantDescriptor.pidNamespaceOffset(slot));
    }

    /** The change that somebody is in the middle of, or died in. */
    JournalStatus journal() {
        int index = counters.getInt(CountersDescriptor.JOURNAL_COUNT_OFFSET);
        return new JournalStatus(isJournalValid(), index, counters.getLong(CountersDescriptor.JOURNAL_VALUE_OFFSET),
            counters.getInt(CountersDescriptor.JOURNAL_SLOT_OFFSET), counters.getInt(CountersDescriptor.JOURNAL_STATE_OFFSET),
            counters.getLong(CountersDescriptor.JOURNAL_ERA_OFFSET));
    }

    /** Adds one to a count and sets the state of a slot, both or neither. */
    void change(int slot, Role role, Count count, int newState) {
        counters.storeStoreFence(); // the flag of the change before is down before its journal is overwritten; pairs with: redo
        counters.putInt(CountersDescriptor.JOURNAL_COUNT_OFFSET, CountersDescriptor.countIndex(role, count));
        counters.putLong(CountersDescriptor.JOURNAL_VALUE_OFFSET, count(role, count) + 1);
        counters.putInt(CountersDescriptor.JOURNAL_SLOT_OFFSET, slot);
        counters.putInt(CountersDescriptor.JOURNAL_STATE_OFFSET, newState);
        counters.putLong(CountersDescriptor.JOURNAL_ERA_OFFSET, count == Count.ATTACHED && live(role) == 0 ? count(role, Count.DIED)
            : diedBeforeEra(role));
        counters.putIntRelease(CountersDescriptor.JOURNAL_VALID_OFFSET, 1); // the journal before its flag; pairs with: redo
        redo();
    }

    /** Carries out the journal that somebody left, if it is valid. Idempotent. */
    void redo() {
        if (counters.getIntAcquire(CountersDescriptor.JOURNAL_VALID_OFFSET) == 0) { // pairs with: change
            return;
        }
        int index = counters.getInt(CountersDescriptor.JOURNAL_COUNT_OFFSET);
        int slot = counters.getInt(CountersDescriptor.JOURNAL_SLOT_OFFSET);
        int state = counters.getInt(CountersDescriptor.JOURNAL_STATE_OFFSET);
        boolean known = state == ParticipantDescriptor.FREE || state == ParticipantDescriptor.ACTIVE;
        if (!CountersDescriptor.isCountIndex(index) || slot < 0 || slot >= RegionDescriptor.MAX_PARTICIPANTS || !known) {
            throw new RegionCorrupt(region + " is damaged: its journal sets count " + index + " and slot " + slot + " to state " + state
                + ", there are " + Role.values().length * Count.values().length + " counts, " + RegionDescriptor.MAX_PARTICIPANTS
                + " slots and states 0 and 1; remove it and create it anew");
        }
        var role = CountersDescriptor.role(index);
        counters.putLongRelease(CountersDescriptor.countOffset(role, CountersDescriptor.count(index)),
            counters.getLong(CountersDescriptor.JOURNAL_VALUE_OFFSET)); // pairs with: count
        // The era after the count: who reads a new era and then the counts, sees that somebody has come. pairs with: diedBeforeEra
        counters.putLongRelease(CountersDescriptor.diedBeforeEraOffset(role), counters.getLong(CountersDescriptor.JOURNAL_ERA_OFFSET));
        counters.putLongRelease(CountersDescriptor.changesOffset(role), // pairs with: changes
            count(role, Count.ATTACHED) + count(role, Count.CLOSED_IN_ORDER) + count(role, Count.DIED));
        table.putIntRelease(ParticipantDescriptor.stateOffset(slot), state);
        counters.putIntRelease(CountersDescriptor.JOURNAL_VALID_OFFSET, 0); // only when both are done; pairs with: redo
    }

    private long live(Role role) {
        return count(role, Count.ATTACHED) - count(role, Count.CLOSED_IN_ORDER) - count(role, Count.DIED);
    }
}

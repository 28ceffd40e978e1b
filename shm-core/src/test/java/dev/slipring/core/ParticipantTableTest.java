package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.CountersDescriptor.Count;
import dev.slipring.core.SpyMemory.DiesAt;
import dev.slipring.core.SpyMemory.Killed;
import dev.slipring.core.process.Seed;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The journal: a change is made entirely or not at all, and once, wherever whoever makes it dies. */
class ParticipantTableTest {
    private static final int SLOT = 5;

    private final Memory words = heap(ParticipantDescriptor.TABLE_LENGTH);
    private final Memory counters = heap(4096);
    private final ParticipantTable table = new ParticipantTable("region", words, counters);

    @Test
    void aRegistrationCutAtAnyStoreIsCompletedOrAbsentForTheNextOne() {
        assertAllOrNothing(Count.ATTACHED, ParticipantDescriptor.FREE, ParticipantDescriptor.ACTIVE, dying -> {
            dying.write(SLOT, Role.CONSUMER, "somebody");
            dying.change(SLOT, Role.CONSUMER, Count.ATTACHED, ParticipantDescriptor.ACTIVE);
        });
    }

    @Test
    void aDepartureCutAtAnyStoreIsCompletedOrAbsentForTheNextOne() {
        assertAllOrNothing(Count.CLOSED_IN_ORDER, ParticipantDescriptor.ACTIVE, ParticipantDescriptor.FREE,
            dying -> dying.change(SLOT, Role.CONSUMER, Count.CLOSED_IN_ORDER, ParticipantDescriptor.FREE));
    }

    @Test
    void aDeathCountedByOneWhoDiesHimselfIsCountedOnce() {
        assertAllOrNothing(Count.DIED, ParticipantDescriptor.ACTIVE, ParticipantDescriptor.FREE,
            dying -> dying.change(SLOT, Role.CONSUMER, Count.DIED, ParticipantDescriptor.FREE));
    }

    @Test
    void whateverDiesWhereverTheCountsTellTheStates() {
        var random = Seed.random("whateverDiesWhereverTheCountsTellTheStates");
        for (int step = 0; step < 20_000; step++) {
            var death = new DiesAt(1 + random.nextInt(25));
            var dying = dying(death);
            int slot = random.nextInt(4);
            var role = Role.values()[slot % 2];
            long sum = sum();
            try {
                dying.redo();
                if (dying.state(slot) == ParticipantDescriptor.FREE) {
                    dying.write(slot, role, "x");
                    dying.change(slot, role, Count.ATTACHED, ParticipantDescriptor.ACTIVE);
                } else {
                    dying.change(slot, role, random.nextBoolean() ? Count.DIED : Count.CLOSED_IN_ORDER, ParticipantDescriptor.FREE);
                }
            } catch (Killed e) {
                assertThat(death.died()).isTrue();
            }
            if (random.nextInt(4) == 0) {
                table.redo();
                assertThat(sum() - sum).isBetween(0L, 2L); // one that was left to do, and one of this step
                assertCountsTellTheStates();
            }
        }
    }

    @Test
    void theJournalIsWrittenOnlyWhenThatOfBeforeIsDownAndValidOnlyWhenItIsWritten() {
        var recording = new Recording();
        var recorded = new ParticipantTable("region", recording.seam().wrap(Area.PARTICIPANTS, words),
            recording.seam().wrap(Area.COUNTERS, counters));
        recorded.change(SLOT, Role.CONSUMER, Count.ATTACHED, ParticipantDescriptor.ACTIVE);
        recorded.change(SLOT, Role.CONSUMER, Count.DIED, ParticipantDescriptor.FREE);
        Predicate<Access> journal = access -> access.isStore() && access.area() == Area.COUNTERS && access.offset() > 0
            && access.offset() <= CountersDescriptor.JOURNAL_ERA_OFFSET;
        Predicate<Access> up = access -> access.storesTo(Area.COUNTERS, 0) && access.value() == 1;
        Predicate<Access> down = access -> access.storesTo(Area.COUNTERS, 0) && access.value() == 0;
        Predicate<Access> change = access -> access.isStore() && (access.area() == Area.PARTICIPANTS || access.offset() >= 128);
        recording.requireOrder("the journal before its flag goes up", journal, up);
        recording.requireOrder("what it says before its flag goes down", change, down);
        recording.requireOrder("its flag down before the next journal", down, journal);
        recording.requireOrder("the flag up before what it says", up, change);
    }

    @Test
    void aNewLifeIsKnownAsSuchBeforeAnythingElseIsSaidOfIt() {
        var recording = new Recording();
        var recorded = new ParticipantTable("region", recording.seam().wrap(Area.PARTICIPANTS, words), counters);
        recorded.write(SLOT, Role.CONSUMER, "somebody");
        recorded.change(SLOT, Role.CONSUMER, Count.ATTACHED, ParticipantDescriptor.ACTIVE);
        Predicate<Access> generation = access -> access.storesTo(Area.PARTICIPANTS, ParticipantDescriptor.generationOffset(SLOT));
        Predicate<Access> state = access -> access.storesTo(Area.PARTICIPANTS, ParticipantDescriptor.stateOffset(SLOT));
        recording.requireNever("the generation first", access -> access.isStore() && !generation.test(access), generation);
        recording.requireOrder("all of the record before its state", access -> access.isStore() && !state.test(access), state);
    }

    @ParameterizedTest
    @CsvSource({"-1, 5, 1", "6, 5, 1", "2147483647, 5, 1", "-2147483648, 5, 1", "0, -1, 1", "0, 64, 1", "0, 2147483647, 0",
        "0, -2147483648, 0", "0, 5, 2", "0, 5, -1"})
    void aHostileJournalIsDamageAndChangesNothing(int count, int slot, int state) {
        counters.putInt(CountersDescriptor.JOURNAL_COUNT_OFFSET, count);
        counters.putInt(CountersDescriptor.JOURNAL_SLOT_OFFSET, slot);
        counters.putInt(CountersDescriptor.JOURNAL_STATE_OFFSET, state);
        counters.putLong(CountersDescriptor.JOURNAL_VALUE_OFFSET, 77);
        counters.putInt(CountersDescriptor.JOURNAL_VALID_OFFSET, 1);
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(table::redo)
            .withMessage("region is damaged: its journal sets count %s and slot %s to state %s, there are 6 counts, 64 slots and states 0 "
                + "and 1; remove it and create it anew", count, slot, state);
        assertThat(sum()).isZero();
        assertCountsTellTheStates();
    }

    @Test
    void anInvalidJournalIsNobodysBusiness() {
        counters.putInt(CountersDescriptor.JOURNAL_COUNT_OFFSET, -1);
        counters.putInt(CountersDescriptor.JOURNAL_SLOT_OFFSET, -1);
        table.redo();
        assertThat(sum()).isZero();
    }

    @Test
    void generationsHave30BitsAndWrap() {
        words.putInt(ParticipantDescriptor.generationOffset(SLOT), ParticipantDescriptor.GENERATION_MASK - 1);
        assertThat(table.write(SLOT, Role.PRODUCER, "x")).isEqualTo(ParticipantDescriptor.GENERATION_MASK);
        assertThat(table.write(SLOT, Role.PRODUCER, "x")).isZero();
        words.putInt(ParticipantDescriptor.generationOffset(SLOT), -1);
        assertThat(table.write(SLOT, Role.PRODUCER, "x")).isZero();
    }

    @Test
    void aLongNameIsCutBetweenTwoCharacters() {
        for (String name : new String[] {"x".repeat(200), "€".repeat(40), "x€".repeat(40), "𝄞".repeat(30), "x".repeat(76), ""}) {
            table.write(SLOT, Role.PRODUCER, name);
            String kept = table.info(SLOT).name();
            assertThat(name).startsWith(kept);
            assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(76);
            assertThat(kept.length()).isGreaterThanOrEqualTo(Math.min(name.length(), 24));
        }
    }

    /** Makes the change die at each of its stores, and whoever completes it at each of his. */
    private void assertAllOrNothing(Count count, int oldState, int newState, Consumer<ParticipantTable> change) {
        int deaths = 0;
        for (int store = 1; ; store++) {
            for (int next = 1; next < 6; next++) {
                setUp(count, oldState);
                boolean died = runUntilDeath(new DiesAt(store), change);
                runUntilDeath(new DiesAt(next), ParticipantTable::redo);
                table.redo();
                long counted = table.count(Role.CONSUMER, count) - 10;
                assertThat(counted).isBetween(0L, 1L);
                assertThat(table.state(SLOT)).isEqualTo(counted == 1 ? newState : oldState);
                assertThat(sum()).describedAs("other counts are untouched").isEqualTo(10 + counted);
                table.redo();
                assertThat(sum()).isEqualTo(10 + counted);
                if (!died) {
                    assertThat(counted).isEqualTo(1);
                    assertThat(deaths).isGreaterThanOrEqualTo(8 * 5);
                    return;
                }
                deaths++;
            }
        }
    }

    private void setUp(Count count, int state) {
        for (int offset = 0; offset < counters.capacity(); offset += Long.BYTES) {
            counters.putLong(offset, 0);
        }
        counters.putLong(CountersDescriptor.countOffset(Role.CONSUMER, count), 10);
        words.putInt(ParticipantDescriptor.stateOffset(SLOT), state);
        words.putInt(ParticipantDescriptor.roleOffset(SLOT), Role.CONSUMER.ordinal());
    }

    private boolean runUntilDeath(DiesAt death, Consumer<ParticipantTable> life) {
        try {
            life.accept(dying(death));
        } catch (Killed e) {
            assertThat(death.died()).isTrue();
        }
        return death.died();
    }

    private ParticipantTable dying(DiesAt death) {
        return new ParticipantTable("region", new SpyMemory(words, death), new SpyMemory(counters, death));
    }

    private void assertCountsTellTheStates() {
        for (var role : Role.values()) {
            int active = 0;
            for (int slot = role.ordinal(); slot < 4; slot += 2) {
                active += table.state(slot) == ParticipantDescriptor.ACTIVE ? 1 : 0;
            }
            assertThat(table.count(role, Count.ATTACHED) - table.count(role, Count.CLOSED_IN_ORDER) - table.count(role, Count.DIED))
                .isEqualTo(active);
        }
    }

    private long sum() {
        long sum = 0;
        for (var role : Role.values()) {
            for (var count : Count.values()) {
                sum += table.count(role, count);
            }
        }
        return sum;
    }

    private static Memory heap(int length) {
        return new MappedMemory(ByteBuffer.allocateDirect(length), 0, length);
    }
}

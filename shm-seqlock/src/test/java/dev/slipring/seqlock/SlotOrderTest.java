package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.process.Await;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders of docs/memory-model.md, each required of the accesses as they are made; and each order taken away once. */
class SlotOrderTest {
    private static final Slot SLOT = Slot.of(SlotOptions.ofPayload(64).layout(), 0);
    private static final int CELL = SLOT.cellOffset(2);
    private static final Predicate<Access> ODD = access -> access.storesTo(Area.DATA, CELL) && access.value() % 2 == 1;
    private static final Predicate<Access> EVEN = access -> access.storesTo(Area.DATA, CELL) && access.value() % 2 == 0;
    private static final Predicate<Access> VALUE_STORE = access -> access.isStore() && isInValue(access);
    private static final Predicate<Access> LATEST = access -> access.storesTo(Area.DATA, SLOT.latestOffset());
    private static final Predicate<Access> STAMP_LOAD = access -> access.loads(Area.DATA, CELL) && !access.call().equals("copyOut");
    private static final Predicate<Access> COPY = access -> access.loads(Area.DATA, CELL) && access.call().equals("copyOut");

    @TempDir
    private Path directory;

    private static boolean isInValue(Access access) {
        return access.area() == Area.DATA && access.offset() > CELL && access.offset() < CELL + SLOT.cellStride();
    }

    @Test
    void aWriteIsOrdered() {
        requireWriteOrder(Recording.Weakening.NONE);
    }

    @Test
    void aReadIsOrdered() {
        requireReadOrder(Recording.Weakening.NONE);
    }

    @Test
    void aSharedWriteIsOrdered() {
        requireSharedOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"putLongRelease, putLong", "storeStoreFence, ''", "putLongOpaque, ''"})
    void aWeakerWriteIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireWriteOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"getLongAcquire, getLong", "loadLoadFence, ''"})
    void aWeakerReadIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireReadOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"putLongRelease, putLong", "getLongAcquire, getLong"})
    void aWeakerSharedWriteIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireSharedOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aLookForATimeIsOrdered() {
        requireTimeOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"getLongAcquire, getLong", "loadLoadFence, ''"})
    void aWeakerLookForATimeIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireTimeOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void theRoundsOfASnapshotAreOrdered() {
        requireSnapshotOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWeakerSnapshotIsNoticed() {
        assertThatThrownBy(() -> requireSnapshotOrder(weaker("getLongAcquire", "getLongOpaque"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aNewcomersLooksAreOrdered() {
        requireNewcomerOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWeakerNewcomerIsNoticed() {
        assertThatThrownBy(() -> requireNewcomerOrder(weaker("getLongAcquire", "getLong"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aSuccessorsLooksAreOrdered() {
        requireSuccessorOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWeakerSuccessorIsNoticed() {
        assertThatThrownBy(() -> requireSuccessorOrder(weaker("getLongAcquire", "getLong"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void theQuestionWhetherAWriterLivesIsOrdered() {
        requireWatchOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWeakerQuestionIsNoticed() {
        assertThatThrownBy(() -> requireWatchOrder(weaker("getLongAcquire", "getLong"))).isInstanceOf(AssertionError.class);
    }

    private static Recording.Weakening weaker(String call, String instead) {
        return (area, asked) -> area == Area.DATA && asked.equals(call) ? instead : asked;
    }

    private void requireNewcomerOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        try (var writer = slot.writer(); var reader = slot.reader(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            TestSlot.write(writer, 64);
            assertThat(reader.read()).isEqualTo(Read.OK);
            recording.requireOrder("what was announced before the look at its stamp",
                access -> access.loads(Area.DATA, SLOT.latestOffset()), STAMP_LOAD);
        } finally {
            slot.remove();
        }
    }

    private void requireSuccessorOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        try (var first = slot.writer()) {
            TestSlot.write(first, 64);
        }
        try (var writer = slot.writer(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            recording.requireOrder("the stamp that is found before the value is begun", STAMP_LOAD, ODD);
        } finally {
            slot.remove();
        }
    }

    private void requireWatchOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        Predicate<Access> whoLives = access -> access.isLoad() && access.area() == Area.PARTICIPANTS;
        try (var writer = slot.writer(); var reader = slot.reader(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            Await.until("the kernel is asked", () -> {
                recording.clear();
                assertThat(reader.read()).isEqualTo(Read.OK);
                return recording.accesses().stream().anyMatch(whoLives);
            });
            recording.requireOrder("whose slot it is before whether he lives", access -> access.loads(Area.DATA, SLOT.ownerOffset()),
                whoLives);
        } finally {
            slot.remove();
        }
    }

    private void requireWriteOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        try (var writer = slot.writer(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            recording.clear();
            TestSlot.write(writer, 64);
            recording.requireOrder("the odd stamp before the value", ODD, VALUE_STORE);
            recording.requireOrder("the value before the even stamp", VALUE_STORE, EVEN);
            recording.requireOrder("the even stamp before it is announced", EVEN, LATEST);
            recording.requireNever("nothing is stored to the value once it is complete", EVEN, VALUE_STORE);
        } finally {
            slot.remove();
        }
    }

    private void requireReadOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        try (var writer = slot.writer(); var reader = slot.reader(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            TestSlot.write(writer, 64);
            recording.clear();
            assertThat(reader.readExactly(2)).isEqualTo(Read.OK);
            recording.requireOrder("a look at the stamp before the copy", STAMP_LOAD, COPY);
            recording.requireOrder("the copy before another look at the stamp", COPY, STAMP_LOAD);
        } finally {
            slot.remove();
        }
    }

    private void requireTimeOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        try (var writer = slot.writer(); var reader = slot.reader(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            TestSlot.write(writer, 64);
            recording.clear();
            assertThat(reader.atOrBefore(15)).isEqualTo(Read.OK);
            assertThat(reader.value().version()).isEqualTo(1);
            Predicate<Access> time = access -> access.loads(Area.DATA, CELL + CellDescriptor.SOURCE_TIME_OFFSET);
            recording.requireOrder("a look at the stamp before the time", STAMP_LOAD, time);
            recording.requireOrder("the time before another look at the stamp", time, STAMP_LOAD);
        } finally {
            slot.remove();
        }
    }

    /** Also of values that are not copied again: then nothing but the looks at the stamps keeps the rounds apart. */
    private void requireSnapshotOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        try (var writer = slot.writer(); var reader = slot.reader(recording.seam(weakening))) {
            TestSlot.write(writer, 64);
            var snapshot = new Snapshot(reader, reader);
            assertThat(snapshot.read()).isEqualTo(Read.OK);
            recording.clear();
            assertThat(snapshot.read()).isEqualTo(Read.OK);
            recording.requireOrder("each look before the next", STAMP_LOAD, STAMP_LOAD);
        } finally {
            slot.remove();
        }
    }

    private void requireSharedOrder(Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(64));
        var recording = new Recording();
        Predicate<Access> take = access -> access.call().equals("compareAndSetLong") && access.offset() == SLOT.ownerOffset();
        Predicate<Access> give = access -> access.storesTo(Area.DATA, SLOT.ownerOffset()) && access.call().startsWith("putLong");
        try (var writer = slot.sharedWriter(recording.seam(weakening))) {
            writer.write(Pattern.bytes(1, 64), 0, 64);
            recording.clear();
            writer.write(Pattern.bytes(2, 64), 0, 64);
            assertThat(recording.accesses().getFirst()).as("what fails in order where the file was cut short").matches(Access::isLoad)
                .matches(take.negate());
            recording.requireOrder("the slot is taken before anything is stored", take, ODD);
            recording.requireOrder("the versions are read before the value is begun",
                access -> access.loads(Area.DATA, SLOT.latestOffset()), ODD);
            recording.requireOrder("all is stored before the slot is given back", LATEST, give);
            recording.requireNever("nothing is stored once it is given back", give, Access::isStore);
        } finally {
            slot.remove();
        }
    }
}

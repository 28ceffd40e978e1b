package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.MonotonicClock;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.Schema;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a slot promises, while nobody dies. */
class SeqlockSlotTest {
    private static final int LENGTH = 64;

    @TempDir
    private Path directory;
    private TestSlot slot;

    @BeforeEach
    void create() {
        slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
    }

    @Test
    void beforeTheFirstValueThereIsNone() {
        try (var reader = slot.reader()) {
            assertThat(reader.read()).isEqualTo(Read.NONE_YET);
            assertThat(reader.readExactly(1)).isEqualTo(Read.NONE_YET);
            assertThat(reader.atOrBefore(Long.MAX_VALUE)).isEqualTo(Read.NONE_YET);
            assertThat(reader.value().version()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 63, 64})
    void aValueIsDeliveredWithAllThatBelongsToIt(int length) {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            long before = MonotonicClock.nanoTime();
            assertThat(writer.write(Pattern.bytes(5, 70), 3, length, 11, 22, 33)).isEqualTo(1);
            assertThat(reader.read()).isEqualTo(Read.OK);
            var value = reader.value();
            assertThat(value.version()).isEqualTo(1);
            var expected = new byte[length];
            Pattern.bytes(5, 70).getBytes(3, expected);
            var found = new byte[value.payload().capacity()];
            value.payload().getBytes(0, found);
            assertThat(found).isEqualTo(expected);
            assertThat(value.sourceTime()).isEqualTo(11);
            assertThat(value.contextVersion()).isEqualTo(22);
            assertThat(value.ringSequence()).isEqualTo(33);
            assertThat(value.clockId()).isEqualTo(MonotonicClock.ID);
            assertThat(value.publishTimeNs()).isBetween(before, MonotonicClock.nanoTime());
            assertThat(value.ageNs()).isBetween(0L, MonotonicClock.nanoTime() - before);
            assertThat(value.writerSlot()).isZero();
            assertThat(value.writerGeneration()).isEqualTo(1);
            assertThat(reader.skipped()).isZero();
        }
    }

    @Test
    void whatIsNotSaidOfAValueHasItsDefaults() {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            writer.write(new UnsafeBuffer(new byte[8]), 0, 8);
            reader.read();
            assertThat(reader.value().ringSequence()).isEqualTo(-1);
            try (var update = writer.begin()) {
                update.sourceTime(1).contextVersion(2).ringSequence(3).publish(8);
            }
            try (var update = writer.begin()) {
                update.publish(8);
            }
            reader.read();
            assertThat(reader.value().sourceTime()).isZero();
            assertThat(reader.value().contextVersion()).isZero();
            assertThat(reader.value().ringSequence()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void whateverWasSkippedTheNewestIsDelivered(int cells) {
        slot.remove();
        TestSlot.create(directory, SlotOptions.ofPayload(LENGTH).cells(cells));
        try (var writer = slot.writer(); var reader = slot.reader()) {
            long last = 0;
            for (int writes : new int[] {1, 2, 3, 1, 4, 5, 17, 1, 32, 1}) {
                for (int i = 0; i < writes; i++) {
                    TestSlot.write(writer, LENGTH);
                }
                assertThat(reader.read()).isEqualTo(Read.OK);
                assertThat(reader.value().version()).isEqualTo(writer.version());
                assertThat(reader.skipped()).isEqualTo(last == 0 ? 0 : writes - 1);
                TestSlot.require(reader.value());
                last = writer.version();
                assertThat(reader.read()).isEqualTo(Read.OK);
                assertThat(reader.value().version()).isEqualTo(last);
                assertThat(reader.skipped()).isZero();
            }
        }
    }

    @Test
    void anExactVersionIsThatOneOrNone() {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            for (int i = 0; i < 6; i++) {
                TestSlot.write(writer, LENGTH);
            }
            assertThat(reader.readExactly(2)).isEqualTo(Read.OVERWRITTEN);
            assertThat(reader.readExactly(3)).isEqualTo(Read.OK);
            TestSlot.require(reader.value());
            assertThat(reader.readExactly(7)).isEqualTo(Read.NONE_YET);
            assertThat(reader.value().version()).as("what was delivered stays").isEqualTo(3);
            TestSlot.require(reader.value());
            assertThat(reader.read()).isEqualTo(Read.OK);
            assertThat(reader.value().version()).isEqualTo(6);
            assertThat(reader.skipped()).as("an exact read is not counted").isZero();
            try (var update = writer.begin()) {
                assertThat(reader.readExactly(3)).as("its cell is being used again").isEqualTo(Read.OVERWRITTEN);
                assertThat(update.isOpen()).isTrue();
            }
            assertThatThrownBy(() -> reader.readExactly(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"60, OK, 6", "69, OK, 6", "1000, OK, 6", "59, OK, 5", "50, OK, 5", "30, OK, 3", "29, OVERWRITTEN, 0", "-5, OVERWRITTEN, 0"})
    void theValueOfATimeIsTheNewestNotAfterIt(long time, Read outcome, long version) {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            for (int i = 0; i < 6; i++) {
                TestSlot.write(writer, LENGTH);
            }
            assertThat(reader.atOrBefore(time)).isEqualTo(outcome);
            assertThat(reader.value().version()).isEqualTo(version);
        }
    }

    @Test
    void beforeTheFirstTimeThereIsNone() {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            TestSlot.write(writer, LENGTH);
            TestSlot.write(writer, LENGTH);
            assertThat(reader.atOrBefore(9)).isEqualTo(Read.NONE_YET);
            assertThat(reader.atOrBefore(19)).isEqualTo(Read.OK);
            assertThat(reader.value().version()).isEqualTo(1);
        }
    }

    @Test
    void aValueWrittenInPlaceIsThereWhenItIsPublishedAndNotBefore() {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            TestSlot.write(writer, LENGTH);
            try (var update = writer.begin()) {
                assertThat(update.buffer().capacity()).isEqualTo(LENGTH);
                Pattern.write(2, update.buffer(), 24);
                assertThat(reader.read()).isEqualTo(Read.OK);
                assertThat(reader.value().version()).isEqualTo(1);
                assertThat(update.sourceTime(20).contextVersion(200).ringSequence(2000).publish(24)).isEqualTo(2);
                assertThat(update.isOpen()).isFalse();
            }
            assertThat(reader.read()).isEqualTo(Read.OK);
            assertThat(reader.value().payload().capacity()).isEqualTo(24);
            TestSlot.require(reader.value());
        }
    }

    @Test
    void anAbandonedUpdateWasNeverThere() {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            TestSlot.write(writer, LENGTH);
            for (int i = 0; i < 3; i++) {
                try (var update = writer.begin()) {
                    Pattern.write(99, update.buffer(), LENGTH);
                }
                assertThat(reader.read()).isEqualTo(Read.OK);
                assertThat(reader.value().version()).isEqualTo(1);
            }
            assertThat(TestSlot.write(writer, LENGTH)).isEqualTo(2);
            assertThat(reader.read()).isEqualTo(Read.OK);
            assertThat(reader.skipped()).isZero();
            TestSlot.require(reader.value());
        }
    }

    @Test
    void aBadArgumentChangesNothing() {
        try (var writer = slot.writer(); var reader = slot.reader()) {
            var source = new UnsafeBuffer(new byte[LENGTH + 1]);
            assertThatThrownBy(() -> writer.write(source, 0, LENGTH + 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(source, 0, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(source, 2, LENGTH)).isInstanceOf(IndexOutOfBoundsException.class);
            try (var update = writer.begin()) {
                assertThatThrownBy(() -> update.publish(LENGTH + 1)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> writer.write(source, 0, 1)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(writer::begin).isInstanceOf(IllegalStateException.class);
                update.publish(0);
                assertThatThrownBy(() -> update.publish(0)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(update::buffer).isInstanceOf(IllegalStateException.class);
            }
            assertThat(reader.read()).isEqualTo(Read.OK);
            assertThat(reader.value().version()).isEqualTo(1);
        }
    }

    @Test
    void aSecondWriterIsRefusedWithTheNameOfTheFirst() {
        try (var writer = slot.writer()) {
            assertThatThrownBy(slot::writer).isInstanceOf(RoleTaken.class).hasMessageContaining("\"me\"");
            TestSlot.write(writer, 8);
        }
        try (var next = slot.writer()) {
            assertThat(next.version()).isEqualTo(1);
            assertThat(TestSlot.write(next, 8)).isEqualTo(2);
        }
    }

    @Test
    void sharedWritersTakeTurns() {
        try (var one = slot.sharedWriter(MemorySeam.DIRECT); var other = slot.sharedWriter(MemorySeam.DIRECT); var reader = slot.reader()) {
            for (int version = 1; version < 10; version += 2) {
                assertThat(one.write(Pattern.bytes(version, 32), 0, 32)).isEqualTo(version);
                assertThat(other.write(Pattern.bytes(version + 1, 32), 0, 32)).isEqualTo(version + 1);
                assertThat(reader.read()).isEqualTo(Read.OK);
                Pattern.require(version + 1, reader.value().payload());
            }
            try (var update = one.begin()) {
                assertThat(update.isOpen()).isTrue();
                assertThat(other.write(Pattern.bytes(0, 8), 0, 8)).isEqualTo(SlotWriter.BUSY);
                try (var refused = other.begin()) {
                    assertThat(refused.isOpen()).isFalse();
                }
                assertThatThrownBy(slot::writer).isInstanceOf(RoleTaken.class);
            }
            assertThat(other.write(Pattern.bytes(0, 8), 0, 8)).isEqualTo(11);
            try (var only = slot.writer()) {
                assertThat(one.write(Pattern.bytes(0, 8), 0, 8)).isEqualTo(SlotWriter.BUSY);
                assertThat(only.version()).isEqualTo(11);
            }
            assertThat(one.write(Pattern.bytes(0, 8), 0, 8)).isEqualTo(12);
        }
    }

    @Test
    void aSharedSlotIsFreeAgainWhenTheSourceOfAValueFails() {
        var failing = new UnsafeBuffer(new byte[LENGTH]) {
            private int checks;

            @Override
            public void boundsCheck(int index, int length) {
                if (checks++ > 0) { // as a mapped file that is cut short between the check and the copy
                    throw new IllegalStateException("cannot be read");
                }
            }
        };
        try (var one = slot.sharedWriter(MemorySeam.DIRECT); var other = slot.sharedWriter(MemorySeam.DIRECT)) {
            assertThatThrownBy(() -> one.write(failing, 0, LENGTH)).hasMessage("cannot be read");
            assertThat(other.write(Pattern.bytes(1, LENGTH), 0, LENGTH)).isEqualTo(1);
            assertThat(one.write(Pattern.bytes(2, LENGTH), 0, LENGTH)).isEqualTo(2);
        }
    }

    @Test
    void aReaderThatCannotBeMadeLeavesNothing() {
        var made = new AtomicInteger();
        assertThatThrownBy(() -> slot.reader((area, memory) -> {
            if (area == Area.DATA && made.incrementAndGet() == 3) {
                throw new IllegalStateException("no memory");
            }
            return memory;
        })).hasMessage("no memory");
        slot.remove(); // RoleTaken when somebody still has it open
    }

    @Test
    void whatWasLeftOpenIsAbandonedByClosing() {
        try (var reader = slot.reader()) {
            try (var writer = slot.writer()) {
                TestSlot.write(writer, LENGTH);
                Pattern.write(99, writer.begin().buffer(), LENGTH);
            }
            try (var next = slot.writer()) {
                assertThat(next.version()).isEqualTo(1);
                assertThat(reader.read()).isEqualTo(Read.OK);
                TestSlot.require(reader.value());
                assertThat(TestSlot.write(next, LENGTH)).isEqualTo(2);
            }
        }
    }

    @Test
    void whoLeftInOrderIsNeverCalledDead() {
        try (var reader = slot.reader()) {
            try (var writer = slot.writer()) {
                TestSlot.write(writer, LENGTH);
            }
            long start = MonotonicClock.nanoTime();
            while (MonotonicClock.nanoTime() - start < 50_000_000) { // long enough for the kernel to be asked
                assertThat(reader.read()).isEqualTo(Read.OK);
            }
        }
    }

    @Test
    void aClosedHandleSaysSo() {
        var writer = slot.writer();
        var reader = slot.reader();
        TestSlot.write(writer, 8);
        writer.close();
        reader.close();
        assertThatThrownBy(() -> TestSlot.write(writer, 8)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(writer::begin).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(reader::read).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> reader.readExactly(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> reader.atOrBefore(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        slot.remove();
    }

    @Test
    void theSchemaIsTheCreators() {
        var schema = new Schema(7, 3, 2);
        var there = new RegionDirectory(directory);
        SeqlockSlot.create(there, "typed", SlotOptions.ofPayload(8).with(schema));
        var attachment = Attachment.standard().in(there);
        assertThatThrownBy(() -> SeqlockSlot.reader("typed", attachment)).isInstanceOf(RegionIncompatible.class);
        try (var reader = SeqlockSlot.reader("typed", attachment.with(schema))) {
            assertThat(reader.schema()).isEqualTo(schema);
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 4, 1", "65537, 4, 1", "8, 1, 1", "8, 3, 1", "8, 131072, 1", "8, 4, 0", "8, 4, 65537", "65536, 65536, 1"})
    void whatCannotBeIsRefusedBeforeAnythingIsMade(int payload, int cells, int slots) {
        assertThatThrownBy(() -> new SlotOptions(payload, cells, slots, false, Schema.NONE, dev.slipring.core.Sharing.PRIVATE))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestValueFits() {
        var there = new RegionDirectory(directory);
        SeqlockSlot.create(there, "long", SlotOptions.ofPayload(65_536).cells(2));
        var attachment = Attachment.standard().in(there);
        try (var writer = SeqlockSlot.writer("long", attachment); var reader = SeqlockSlot.reader("long", attachment)) {
            for (int version = 1; version < 5; version++) {
                writer.write(Pattern.bytes(version, 65_536), 0, 65_536);
                assertThat(reader.read()).isEqualTo(Read.OK);
                Pattern.require(version, reader.value().payload());
            }
        }
    }
}

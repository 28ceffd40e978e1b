package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionLost;
import dev.slipring.core.SlipringException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a review has found: each was red before its fix. */
class SlotReviewTest {
    private static final SlotKey LEFT = SlotKey.of("left");
    private static final SlotKey RIGHT = SlotKey.of("right");
    private static final SlotKey BOTH = SlotKey.of("both");

    @TempDir
    private Path directory;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[32]);
    private Attachment attachment;

    /** Lets something happen after the first look of a kind at an offset; the offset is told. */
    private static final class Hooked extends ForwardingMemory {
        @Nullable IntConsumer beforeAcquire;
        @Nullable IntConsumer afterAcquire;
        @Nullable IntConsumer beforeCopy;

        Hooked(Memory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(int offset) {
            if (beforeAcquire != null) {
                beforeAcquire.accept(offset);
            }
            long found = super.getLongAcquire(offset);
            if (afterAcquire != null) {
                afterAcquire.accept(offset);
            }
            return found;
        }

        @Override
        public int getIntAcquire(int offset) {
            if (beforeAcquire != null) {
                beforeAcquire.accept(offset);
            }
            return super.getIntAcquire(offset);
        }

        @Override
        public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
            if (beforeCopy != null) {
                beforeCopy.accept(offset);
            }
            super.copyOut(offset, destination, destinationOffset, length);
        }
    }

    /** All data memories of one handle, with the same hooks. */
    private static final class Hooks implements MemorySeam {
        final List<Hooked> all = new ArrayList<>();

        @Override
        public Memory wrap(Area area, Memory memory) {
            if (area != Area.DATA) {
                return memory;
            }
            var hooked = new Hooked(memory);
            all.add(hooked);
            return hooked;
        }
    }

    @BeforeEach
    void where() {
        attachment = Attachment.standard().in(new RegionDirectory(directory)).as("me");
    }

    private void table(int cells) {
        SlotTable.create(new RegionDirectory(directory), "table", SlotOptions.ofPayload(32).slots(5).cells(cells));
    }

    private long write(SlotWriter writer, long value) {
        bytes.putLong(0, value);
        return writer.write(bytes, 0, Long.BYTES, value, 0, -1);
    }

    @Test
    void aVersionThatComesBetweenTwoLooksIsNotCalledOverwritten() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32));
        var hooks = new Hooks();
        try (var writer = slot.writer(); var reader = slot.reader(hooks)) {
            assertThat(reader.readExactly(1)).isEqualTo(Read.NONE_YET);
            boolean[] once = {true};
            hooks.all.forEach(each -> each.afterAcquire = offset -> {
                if (once[0]) {
                    once[0] = false;
                    TestSlot.write(writer, 32);
                }
            });
            assertThat(reader.readExactly(1)).isIn(Read.OK, Read.NONE_YET);
        }
    }

    @Test
    void theNewestNotAfterATimeIsThereHoweverFastItsWriterIs() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32).cells(2));
        var hooks = new Hooks();
        try (var writer = slot.writer(); var reader = slot.reader(hooks)) {
            TestSlot.write(writer, 32);
            boolean[] once = {true};
            assertThat(reader.readExactly(9)).isEqualTo(Read.NONE_YET); // it has found the slot
            hooks.all.forEach(each -> each.beforeCopy = offset -> {
                if (once[0]) {
                    once[0] = false;
                    TestSlot.write(writer, 32);
                    TestSlot.write(writer, 32);
                }
            });
            assertThat(reader.atOrBefore(Long.MAX_VALUE)).isIn(Read.OK, Read.BUSY);
        }
    }

    @Test
    void aSnapshotThatIsCutOffByCloseIsNotDelivered() {
        table(4);
        var hooks = new Hooks();
        try (var writers = SlotTable.writer("table", attachment)) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            write(left, 1);
            write(right, 1);
            var readers = SlotTable.reader("table", attachment.through(hooks));
            var leftReader = readers.reader(LEFT);
            var rightReader = readers.reader(RIGHT);
            var snapshot = new Snapshot(leftReader, rightReader);
            assertThat(snapshot.read()).isEqualTo(Read.OK);
            var layout = SlotOptions.ofPayload(32).slots(5).layout();
            write(left, 2);
            write(right, 2);
            int ofLeft = Slot.of(layout, 0).cellOffset(3);
            int ofRight = Slot.of(layout, 1).cellOffset(3);
            boolean[] overtaken = {false};
            hooks.all.forEach(each -> each.beforeAcquire = offset -> {
                if (offset == ofRight && !overtaken[0]) {
                    overtaken[0] = true;
                    write(left, 3); // left 2 was read; right will be 3: they were never there together
                    write(right, 3);
                } else if (offset == ofLeft && overtaken[0]) {
                    readers.close(); // another thread, between the two rounds
                }
            });
            assertThatThrownBy(() -> System.out.println("snapshot of a closed table: " + snapshot.read() + ", left "
                + leftReader.value().version() + ", right " + rightReader.value().version())).isInstanceOf(
                IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void theLossOfTheFileIsNoticedBeforeTheFirstValueToo() throws IOException {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32).withParking());
        try (var reader = slot.reader()) {
            assertThat(reader.read()).isEqualTo(Read.NONE_YET);
            Files.delete(directory.resolve("slot"));
            assertThatThrownBy(() -> System.out.println("awaitNewer: " + reader.awaitNewer(TimeUnit.SECONDS.toNanos(1)))).isInstanceOf(
                RegionLost.class);
        }
    }

    @Test
    void theLossOfTheFileIsNoticedBeforeTheSlotIsAddedToo() throws IOException {
        table(2);
        try (var readers = SlotTable.subscriber("table", attachment)) {
            Files.delete(directory.resolve("table"));
            var reader = readers.reader(LEFT);
            assertThatThrownBy(() -> System.out.println("awaitNewer: " + reader.awaitNewer(TimeUnit.SECONDS.toNanos(1)))).isInstanceOf(
                RegionLost.class);
        }
    }

    /** As a mapped file that was cut short: it fails when it is read. */
    private static final class Failing extends UnsafeBuffer {
        private int checks;

        Failing() {
            super(new byte[32]);
        }

        @Override
        public void boundsCheck(int index, int length) {
            if (checks++ > 0) {
                throw new IllegalStateException("cannot be read");
            }
        }
    }

    @Test
    void aSharedSlotIsFreeAgainWhenTheSourceOfAValueFails() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32));
        try (var one = slot.sharedWriter(MemorySeam.DIRECT); var other = slot.sharedWriter(MemorySeam.DIRECT)) {
            assertThatThrownBy(() -> one.write(new Failing(), 0, 32)).hasMessageContaining("cannot be read");
            assertThat(other.write(Pattern.bytes(1, 32), 0, 32)).as("another writer").isEqualTo(1);
            assertThat(one.write(Pattern.bytes(1, 32), 0, 32)).as("the same writer").isEqualTo(2);
        }
    }

    @Test
    void aTableIsNotTakenForASingleSlot() {
        table(4);
        try (var writers = SlotTable.writer("table", attachment)) {
            write(writers.writer(LEFT), 7);
        }
        assertThatThrownBy(() -> {
            try (var writer = SeqlockSlot.writer("table", attachment)) {
                write(writer, 666);
            }
        }).isInstanceOf(SlipringException.class);
        try (var readers = SlotTable.reader("table", attachment)) {
            var left = readers.reader(LEFT);
            assertThat(left.read()).isEqualTo(Read.OK);
            assertThat(left.value().payload().getLong(0)).isEqualTo(7);
        }
    }

    @Test
    void aSlotThatCannotBeGoneOnWithIsNotKept() {
        table(4);
        Memory[] data = new Memory[1];
        try (var writers = SlotTable.writer("table", attachment.through((area, memory) -> {
            if (area == Area.DATA) {
                data[0] = memory;
            }
            return memory;
        }))) {
            try (var writer = writers.writer(LEFT)) {
                write(writer, 1);
            }
            int latest = Slot.of(SlotOptions.ofPayload(32).slots(5).layout(), 0).latestOffset();
            data[0].putLong(latest, 99);
            assertThatThrownBy(() -> writers.writer(LEFT)).isInstanceOf(RegionCorrupt.class);
            data[0].putLong(latest, 1);
            try (var writer = writers.writer(LEFT)) {
                assertThat(writer.version()).isEqualTo(1);
            }
        }
    }

    @Test
    void aGroupWithAClosedMemberIsNotPublished() {
        table(4);
        try (var writers = SlotTable.writer("table", attachment); var others = SlotTable.writer("table", attachment)) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            var both = writers.group(BOTH, left, right);
            write(left, 1);
            write(right, 1);
            both.publish();
            left.close();
            for (int i = 2; i < 9; i++) {
                write(others.sharedWriter(LEFT), i); // somebody else's by now
            }
            assertThatThrownBy(both::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void aGroupThatWasNotDeliveredIsStillNews() throws InterruptedException {
        table(4);
        var hooks = new Hooks();
        try (var writers = SlotTable.writer("table", attachment); var readers = SlotTable.reader("table", attachment.through(hooks))) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            var both = writers.group(BOTH, left, right);
            Runnable update = () -> {
                for (int i = 0; i < 5; i++) {
                    write(left, i);
                    write(right, i);
                }
                both.publish();
            };
            update.run();
            var group = readers.group(BOTH, readers.reader(LEFT), readers.reader(RIGHT));
            var layout = SlotOptions.ofPayload(32).slots(5).layout();
            int end = layout.keyOffset(2);
            boolean[] busy = {true};
            hooks.all.forEach(each -> each.beforeCopy = offset -> {
                if (busy[0] && offset < end && offset >= Slot.of(layout, 0).cellOffset(0)) {
                    update.run();
                }
            });
            group.read();
            assertThat(group.read()).isEqualTo(Read.BUSY);
            busy[0] = false;
            assertThat(group.isReady()).as("the newest was never delivered").isTrue();
            assertThat(group.awaitNewer(0)).isEqualTo(Read.OK);
        }
    }

    @Test
    void aReaderThatCannotBeMadeLeavesNothing() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32));
        int[] wraps = {0};
        assertThatThrownBy(() -> slot.reader((area, memory) -> {
            if (area == Area.DATA && ++wraps[0] == 3) {
                throw new IllegalStateException("no memory");
            }
            return memory;
        })).hasMessage("no memory");
        slot.remove(); // RoleTaken if somebody still has it open
    }

    @Test
    void aFileThatWasCutShortIsLostForTheDirectoryToo() throws IOException {
        table(4);
        try (var writers = SlotTable.writer("table", attachment); var readers = SlotTable.reader("table", attachment)) {
            writers.writer(LEFT);
            try (var file = new RandomAccessFile(directory.resolve("table").toFile(), "rw")) {
                file.setLength(4096);
            }
            assertThatThrownBy(readers::count).isInstanceOf(RegionLost.class);
            assertThatThrownBy(() -> readers.find(LEFT.value())).isInstanceOf(RegionLost.class);
            assertThatThrownBy(() -> writers.writer(RIGHT)).isInstanceOf(RegionLost.class);
        }
    }

    @Test
    void whatIsLookedUpInATableThatIsBeingClosedIsNotAnswered() {
        table(4);
        var hooks = new Hooks();
        try (var writers = SlotTable.writer("table", attachment)) {
            writers.writer(LEFT);
            var readers = SlotTable.reader("table", attachment.through(hooks));
            hooks.all.forEach(each -> each.beforeAcquire = _ -> readers.close());
            assertThatThrownBy(() -> System.out.println("found in a closed table: " + readers.find(LEFT.value()))).isInstanceOf(
                IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void aValueIsNotReadFromASlotThatIsBeingClosed() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32));
        var hooks = new Hooks();
        try (var writer = slot.writer()) {
            TestSlot.write(writer, 32);
            var reader = slot.reader(hooks);
            assertThat(reader.read()).isEqualTo(Read.OK);
            TestSlot.write(writer, 32);
            hooks.all.forEach(each -> each.beforeAcquire = _ -> reader.close());
            assertThatThrownBy(reader::read).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void aValueThatIsWrittenToASlotThatIsBeingClosedDoesNotCount() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(32));
        SlotWriter[] closing = new SlotWriter[1];
        var writer = slot.writer((area, memory) -> area != Area.DATA ? memory : new ForwardingMemory(memory) {
            @Override
            public void storeStoreFence() {
                super.storeStoreFence();
                closing[0].close(); // another thread
            }
        });
        closing[0] = writer;
        assertThatThrownBy(() -> TestSlot.write(writer, 32)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        try (var reader = slot.reader()) {
            assertThat(reader.read()).isEqualTo(Read.NONE_YET);
        }
    }
}

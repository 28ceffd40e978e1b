package dev.slipring.seqlock;

import static dev.slipring.seqlock.TestTable.LEFT;
import static dev.slipring.seqlock.TestTable.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.fault.Closing;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.recording.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another thread closes the handle in the middle of a call, which then has no result; and what closing itself does. */
class SlotCloseTest {
    private static final int LENGTH = 32;
    private static final Pattern MAPPING = Pattern.compile("(?sm)^([0-9a-f]+)-([0-9a-f]+) .*?^Rss: +([0-9]+) kB");

    @TempDir
    private Path directory;

    @Test
    void aValueIsNotRead() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        var handle = new ArrayList<SlotReader>();
        var meanwhile = Interjection.once(Area.DATA, "getLongAcquire", () -> handle.getFirst().close());
        try (var writer = slot.writer()) {
            TestSlot.write(writer, LENGTH);
            var reader = slot.reader(meanwhile.over(MemorySeam.DIRECT));
            handle.add(reader);
            for (int warmUp = 0; warmUp < 1000; warmUp++) { // a value that is so young that nobody asks for the file
                assertThat(reader.read()).isEqualTo(Read.OK);
                TestSlot.write(writer, LENGTH);
            }
            meanwhile.arm();
            requireClosed(reader::read);
        }
    }

    @Test
    void aSlotIsNotAdded() {
        SlotTable.create(new RegionDirectory(directory), "table", SlotOptions.ofPayload(LENGTH).slots(4));
        var closing = new Closing(Area.PRODUCER, "getLongAcquire"); // the count
        var attachment = Attachment.standard().in(new RegionDirectory(directory)).through(closing.over(MemorySeam.DIRECT));
        try (var writers = SlotTable.writer("table", attachment)) {
            writers.writer(SlotKey.of(1));
            closing.arm(writers::close);
            requireClosed(() -> writers.writer(SlotKey.of(2)));
            assertThat(closing.stored()).noneMatch(store -> store.startsWith("DATA"));
        }
    }

    @Test
    void aValueThatIsWrittenDoesNotCount() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        var handle = new ArrayList<SlotWriter>();
        var meanwhile = Interjection.once(Area.DATA, "storeStoreFence", () -> handle.getFirst().close());
        var writer = slot.writer(meanwhile.over(MemorySeam.DIRECT));
        handle.add(writer);
        meanwhile.arm();
        requireClosed(() -> TestSlot.write(writer, LENGTH));
        try (var reader = slot.reader()) {
            assertThat(reader.read()).isEqualTo(Read.NONE_YET);
        }
    }

    @Test
    void nothingIsFound() {
        var table = TestTable.create(directory, 2);
        var handle = new ArrayList<TableReader>();
        var meanwhile = Interjection.once(Area.DATA, "getIntAcquire", () -> handle.getFirst().close());
        try (var writers = table.writers()) {
            writers.writer(LEFT);
            var readers = table.readers(meanwhile.over(MemorySeam.DIRECT));
            handle.add(readers);
            assertThat(readers.find(LEFT.value())).isZero();
            meanwhile.arm();
            requireClosed(() -> readers.find(LEFT.value()));
        }
    }

    /** Left 2 was read, right will be 3, and a closed region, which reads as zeros, would say that left 2 is the newest. */
    @Test
    void aSnapshotIsNotTaken() {
        var table = TestTable.create(directory, 4);
        var handle = new ArrayList<TableReader>();
        try (var writers = table.writers()) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            Runnable both = () -> {
                TestTable.write(left, 0);
                TestTable.write(right, 0);
            };
            int ofLeft = TestTable.slot(4, 0).cellOffset(3);
            int ofRight = TestTable.slot(4, 1).cellOffset(3);
            Interjection meanwhile = (area, call, arguments) -> {
                if (call.equals("getLongAcquire") && arguments[0].equals(ofRight) && left.version() == 2) {
                    both.run();
                } else if (call.equals("getLongAcquire") && arguments[0].equals(ofLeft) && left.version() == 3) {
                    handle.getFirst().close();
                }
            };
            both.run();
            var readers = table.readers(meanwhile.over(MemorySeam.DIRECT));
            handle.add(readers);
            var snapshot = new Snapshot(readers.reader(LEFT), readers.reader(RIGHT));
            assertThat(snapshot.read()).isEqualTo(Read.OK);
            both.run();
            requireClosed(snapshot::read);
        }
    }

    private static void requireClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void closingStoresToNoSlotOfAnother() {
        var table = TestTable.create(directory, 2);
        var recording = new Recording();
        try (var others = table.writers()) {
            others.writer(LEFT);
            try (var writers = table.writers(recording.seam())) {
                writers.writer(RIGHT);
                recording.clear();
            }
            assertThat(recording.accesses()).filteredOn(access -> access.area() == Area.DATA && access.isStore()).extracting(
                access -> access.offset()).containsExactly(TestTable.slot(2, 1).ownerOffset());
            assertThat(recording.accesses()).noneMatch(access -> access.area() == Area.PRODUCER && access.isStore());
            others.writer(RIGHT);
        }
    }

    @Test
    void closingDoesNotFetchTheWholeTable() {
        var options = SlotOptions.ofPayload(65_536).slots(16);
        var table = new TestTable(new RegionDirectory(directory));
        SlotTable.create(table.directory(), TestTable.NAME, options);
        var resident = new ArrayList<Long>();
        var writers = table.writers((area, memory) -> {
            if (area == Area.DATA) {
                resident.add(residentBytes(memory));
            }
            return memory;
        });
        writers.writer(LEFT);
        assertThat(resident).isNotEmpty().allMatch(bytes -> bytes >= options.layout().dataLength());
        resident.clear();
        writers.close();
        assertThat(resident).hasSize(1).allMatch(bytes -> bytes < options.layout().dataLength() / 2);
    }

    /** How much of the mapping that a memory lies in has pages. */
    private static long residentBytes(Memory memory) {
        long address = memory.buffer().addressOffset();
        try {
            var mappings = MAPPING.matcher(Files.readString(Path.of("/proc/self/smaps")));
            while (mappings.find()) {
                if (Long.parseUnsignedLong(mappings.group(1), 16) <= address
                        && address < Long.parseUnsignedLong(mappings.group(2), 16)) {
                    return 1024 * Long.parseLong(mappings.group(3));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no mapping at " + Long.toHexString(address));
    }
}

package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Attachment;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionFull;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots found by their keys, snapshots and groups, while nobody dies. */
class SlotTableTest {
    private static final SlotKey GYRO = SlotKey.of("gyro");
    private static final SlotKey GPS = SlotKey.of("gps");
    private static final SlotKey BOTH = SlotKey.of("both");

    @TempDir
    private Path directory;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[32]);

    @BeforeEach
    void createTable() {
        create("table", SlotOptions.ofPayload(32).slots(5));
    }

    private void create(String name, SlotOptions options) {
        SlotTable.create(new RegionDirectory(directory), name, options);
    }

    private TableWriter writer() {
        return SlotTable.writer("table", attachment());
    }

    private TableReader reader() {
        return SlotTable.reader("table", attachment());
    }

    private Attachment attachment() {
        return Attachment.standard().in(new RegionDirectory(directory)).as("me");
    }

    private long write(SlotWriter writer, long value) {
        bytes.putLong(0, value);
        return writer.write(bytes, 0, Long.BYTES);
    }

    private static long read(SlotReader reader) {
        return reader.value().payload().getLong(0);
    }

    @Test
    void aReaderMayComeBeforeItsSlot() {
        try (var readers = reader(); var writers = writer()) {
            var gyro = readers.reader(GYRO);
            assertThat(gyro.read()).isEqualTo(Read.NONE_YET);
            assertThat(gyro.readExactly(1)).isEqualTo(Read.NONE_YET);
            assertThat(readers.find(GYRO.value())).isEqualTo(-1);
            var writer = writers.writer(GYRO);
            assertThat(gyro.read()).isEqualTo(Read.NONE_YET);
            write(writer, 7);
            assertThat(gyro.read()).isEqualTo(Read.OK);
            assertThat(read(gyro)).isEqualTo(7);
            assertThat(readers.find(GYRO.value())).isZero();
            assertThat(readers.key(0)).isEqualTo(GYRO);
        }
    }

    @Test
    void slotsOfOneTableHaveWritersInSeveralPlaces() {
        try (var one = writer(); var other = writer(); var readers = reader()) {
            var gyro = one.writer(GYRO);
            var gps = other.writer(GPS);
            assertThatThrownBy(() -> other.writer(GYRO)).isInstanceOf(RoleTaken.class).hasMessageContaining("gyro").hasMessageContaining(
                "\"me\"");
            assertThatThrownBy(() -> one.writer(GYRO)).as("also in the same place").isInstanceOf(RoleTaken.class);
            write(gyro, 1);
            write(gps, 2);
            gyro.close();
            assertThatThrownBy(() -> write(gyro, 3)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
            try (var next = other.writer(GYRO)) {
                assertThat(write(next, 3)).isEqualTo(2);
            }
            var reader = readers.reader(GYRO);
            assertThat(reader.read()).isEqualTo(Read.OK);
            assertThat(read(reader)).isEqualTo(3);
            assertThat(readers.count()).isEqualTo(2);
        }
    }

    @Test
    void aFullTableSaysSo() {
        try (var writers = writer(); var readers = reader()) {
            for (int i = 0; i < 5; i++) {
                writers.writer(SlotKey.of(i * 1_000_003L));
            }
            assertThatThrownBy(() -> writers.writer(GYRO)).isInstanceOf(RegionFull.class).hasMessageContaining("gyro");
            assertThat(readers.find(GYRO.value())).isEqualTo(-1);
            assertThat(readers.count()).isEqualTo(5);
            assertThatThrownBy(() -> readers.key(5)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNameAndANumberThatMeetAreToldApart() {
        try (var writers = writer(); var readers = reader()) {
            writers.writer(GYRO);
            var sameNumber = SlotKey.of(GYRO.value());
            assertThatThrownBy(() -> writers.writer(sameNumber)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("gyro");
            assertThatThrownBy(() -> readers.reader(sameNumber).read()).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SlotKey(1, "gyro")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SlotKey.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SlotKey.of("ü".repeat(27))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("54");
        assertThat(SlotKey.of("a").value()).as("FNV-1a, 64 bits").isEqualTo(0xaf63_dc4c_8601_ec8cL);
    }

    @Test
    void everyKeyOfManyIsFound() {
        create("large", SlotOptions.ofPayload(8).cells(2).slots(1000));
        var random = Seed.random("everyKeyOfManyIsFound");
        var numbers = new HashMap<SlotKey, Integer>();
        try (var writers = SlotTable.writer("large", attachment()); var readers = SlotTable.reader("large", attachment())) {
            while (numbers.size() < 1000) {
                var key = switch (random.nextInt(3)) {
                    case 0 -> SlotKey.of(random.nextLong());
                    case 1 -> SlotKey.of(random.nextLong(2000));
                    default -> SlotKey.of("name " + random.nextLong());
                };
                if (!numbers.containsKey(key)) {
                    writers.sharedWriter(key);
                    numbers.put(key, numbers.size());
                }
            }
            numbers.forEach((key, number) -> {
                assertThat(readers.find(key.value())).isEqualTo(number);
                assertThat(readers.key(number)).isEqualTo(key);
            });
            for (int i = 0; i < 1000; i++) {
                long stranger = random.nextLong();
                assertThat(readers.find(stranger)).isEqualTo(numbers.getOrDefault(SlotKey.of(stranger), -1));
            }
        }
    }

    @Test
    void aSnapshotIsOfOneInstant() {
        try (var writers = writer(); var readers = reader()) {
            var gyro = writers.writer(GYRO);
            var gps = writers.writer(GPS);
            var gyroReader = readers.reader(GYRO);
            var gpsReader = readers.reader(GPS);
            var snapshot = new Snapshot(gyroReader, gpsReader);
            write(gyro, 1);
            assertThat(snapshot.read()).isEqualTo(Read.NONE_YET);
            write(gps, 1);
            for (int i = 2; i < 20; i++) {
                write(gyro, i);
                write(gps, i);
                assertThat(snapshot.read()).isEqualTo(Read.OK);
                assertThat(read(gyroReader)).isEqualTo(i);
                assertThat(read(gpsReader)).isEqualTo(i);
            }
        }
    }

    @Test
    void aTableIsNotTakenForASingleSlot() {
        try (var writers = writer()) {
            write(writers.writer(GYRO), 7);
        }
        assertThatThrownBy(() -> SeqlockSlot.writer("table", attachment())).isInstanceOf(RegionIncompatible.class);
        assertThatThrownBy(() -> SeqlockSlot.sharedWriter("table", attachment())).isInstanceOf(RegionIncompatible.class);
        assertThatThrownBy(() -> SeqlockSlot.reader("table", attachment())).isInstanceOf(RegionIncompatible.class);
        SlotTable.remove(new RegionDirectory(directory), "table"); // nobody has it open
    }

    @Test
    void aSlotOfATableLivesWithTheTable() {
        var open = new ArrayList<SlotWriter>();
        var readers = reader();
        try (var writers = writer()) {
            open.add(writers.writer(GYRO));
            open.add(writers.sharedWriter(GPS));
        }
        for (var each : open) {
            assertThatThrownBy(() -> write(each, 1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
            each.close();
        }
        var reader = readers.reader(GYRO);
        readers.close();
        assertThatThrownBy(reader::read).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        try (var next = writer()) {
            write(next.writer(GYRO), 1); // it was given back
        }
        SlotTable.remove(new RegionDirectory(directory), "table");
    }

    @Test
    void whatASnapshotOrAGroupSkippedIsCountedBetweenThoseThatWereDelivered() {
        Runnable[] meanwhile = {() -> { }};
        var interrupted = attachment().through((area, memory) -> new ForwardingMemory(memory) {
            @Override
            public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
                super.copyOut(offset, destination, destinationOffset, length);
                var once = meanwhile[0];
                meanwhile[0] = () -> { };
                once.run();
            }
        });
        try (var writers = writer(); var readers = SlotTable.reader("table", interrupted)) {
            var gyro = writers.writer(GYRO);
            var gps = writers.writer(GPS);
            var both = writers.group(BOTH, gyro, gps);
            Runnable update = () -> {
                for (int i = 0; i < 5; i++) { // as often as it takes to overwrite a member
                    write(gyro, i);
                    write(gps, i);
                }
                both.publish();
            };
            var snapshot = new Snapshot(readers.reader(GYRO), readers.reader(GPS));
            var group = readers.group(BOTH, readers.reader(GYRO), readers.reader(GPS));
            update.run();
            assertThat(snapshot.read()).isEqualTo(Read.OK);
            assertThat(group.read()).isEqualTo(Read.OK);
            assertThat(snapshot.skipped() + group.skipped()).as("of the first none").isZero();
            write(gyro, 1);
            meanwhile[0] = () -> {
                write(gyro, 2);
                write(gps, 2);
            };
            assertThat(snapshot.read()).isEqualTo(Read.OK);
            assertThat(snapshot.skipped(0)).as("also the one of the try that failed").isEqualTo(1);
            assertThat(snapshot.skipped(1)).isZero();
            assertThat(snapshot.skipped()).isEqualTo(1);
            assertThat(snapshot.retries()).isEqualTo(1);
            update.run();
            update.run();
            meanwhile[0] = update;
            assertThat(group.read()).isEqualTo(Read.OK);
            assertThat(group.skipped()).as("also the one of the try that failed").isEqualTo(2);
            assertThat(group.retries()).isEqualTo(1);
            assertThat(group.read()).isEqualTo(Read.OK);
            assertThat(group.skipped()).isZero();
        }
    }
}

package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import dev.slipring.seqlock.TableStatus.SlotStatus;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a damaged table: which word cannot be, and all the rest as it is. Of a sound one, however busy, nothing. */
class TableCheckupTest {
    private static final TableDescriptor LAYOUT = SlotOptions.ofPayload(64).slots(4).layout();
    private static final SlotKey GYRO = SlotKey.of("gyro");
    private static final SlotKey GPS = SlotKey.of("gps");
    private static final int NEWEST = 5;
    private static final int LOOKS = 300;

    @TempDir
    private Path path;
    private final Map<Area, Memory> words = new EnumMap<>(Area.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "count          |  -1 | the count of slots is -1, expected 0…4",
        "count          |   5 | the count of slots is 5, expected 0…4",
        "index          |  -3 | index entry 0 leads to slot -4, expected 0…3",
        "index          |   9 | index entry 0 leads to slot 8, expected 0…3",
        "index          |   1 | index entries 0 and 7 lead to the same slot 0",
        "index          |   4 | the index leads to slot 3, expected at most 2, as there are 2",
        "gyro's index   |   0 | the index does not lead to slot 0, whose key is \"gyro\"",
        "name length    |  53 | slot 0: its name has 53 bytes, expected 0…52",
        "name length    |  -1 | slot 0: its name has -1 bytes, expected 0…52",
        "name length    |   3 | slot 0: its name is not that of key",
        "latest         |  -1 | slot \"gyro\": latest is -1, expected 0 or more",
        "latest         |   6 | slot \"gyro\": latest is 6, and the stamp of its cell 4, expected 12 or more",
        "newest stamp   |   8 | slot \"gyro\": latest is 5, and the stamp of its cell 8, expected 10 or more",
        "newest stamp   |  12 | slot \"gyro\": the stamp of cell 1 is 12, expected that of a version whose cell it is, up to latest, which",
        "next stamp     |  -1 | slot \"gyro\": the stamp of cell 2 is -1, expected that of a version whose cell it is, up to latest, which",
        "next stamp     |  28 | slot \"gyro\": the stamp of cell 2 is 28, expected that of a version whose cell it is, up to latest, which",
        "newest length  |  65 | slot \"gyro\": version 5 has 65 bytes, expected 0…64",
        "newest length  |  -1 | slot \"gyro\": version 5 has -1 bytes, expected 0…64",
        "newest writer  |   0 | slot \"gyro\": version 5 was written by nobody",
        "newest writer  |  65 | slot \"gyro\": the writer of version 5 is slot 64 in generation 0, expected somebody",
        "owner          |   1 | slot \"gyro\": the owner is slot 0 in generation 0, expected somebody who takes part, or did",
        "owner          | 8589934593 | slot \"gyro\": the owner is slot 0 in generation 2, expected somebody who takes part, or did",
        "owner          | 4294967395 | slot \"gyro\": the owner is slot 98 in generation 1, expected somebody who takes part, or did",
        "directory owner| 4294967298 | the directory's owner is slot 1 in generation 1, expected somebody who takes part, or did"})
    void aWordThatCannotBeIsSaidToBeOne(String word, long value, String fault) {
        try (var writers = create()) {
            var sound = status();
            assertThat(sound.faults()).isEmpty();
            assertThat(sound.added()).extracting(SlotStatus::key).containsExactly(GYRO, GPS);
            store(word, value);
            var status = status();
            assertThat(status.faults()).anySatisfy(each -> assertThat(each).startsWith(fault.strip()));
            assertThat(status.added()).as("the other slot is told of as before").hasSize(2).last()
                .matches(each -> each.key().equals(GPS) && each.version() == 1 && each.length() == 8 && !each.ownerDead());
        }
    }

    @Test
    void whatTheDeadLeaveIsNoDamage() {
        try (var writers = create()) {
            memory(Area.DATA).putLong(Slot.of(LAYOUT, 0).cellOffset(NEWEST + 1), CellDescriptor.beingWritten(NEWEST + 1));
            assertThat(status().faults()).as("died in the middle of a value").isEmpty();
            memory(Area.DATA).putLong(Slot.of(LAYOUT, 0).cellOffset(NEWEST + 1), CellDescriptor.complete(NEWEST + 1));
            assertThat(status().faults()).as("died before it could announce it").isEmpty();
            memory(Area.PRODUCER).putLong(TableDescriptor.COUNT_OFFSET, 1);
            assertThat(status().faults()).as("died before it could count the slot").isEmpty();
            long dead = memory(Area.DATA).getLong(Slot.of(LAYOUT, 0).ownerOffset());
            writers.close();
            memory(Area.DATA).putLong(Slot.of(LAYOUT, 0).ownerOffset(), dead);
        }
        SlotTable.writer("table", attachment()).close();
        assertThat(status().faults()).as("an owner whose slot somebody else has had since").isEmpty();
    }

    @Test
    void aBusyTableIsSound() throws InterruptedException {
        var over = new AtomicBoolean();
        create(SlotOptions.ofPayload(64).slots(512).cells(2)).close();
        var writing = new Thread(() -> {
            for (int round = 0; !over.get(); round++) {
                try (var writers = SlotTable.writer("table", attachment())) {
                    var writer = writers.writer(SlotKey.of(1 + round % 500));
                    for (int i = 0; i < 1000; i++) {
                        writer.write(Pattern.bytes(i, 64), 0, i % 64);
                    }
                }
            }
        });
        writing.start();
        try {
            for (int look = 0; look < LOOKS; look++) {
                assertThat(status().faults()).isEmpty();
            }
        } finally {
            over.set(true);
            writing.join(TimeUnit.SECONDS.toMillis(60));
        }
        assertThat(status().added()).hasSizeGreaterThan(2);
    }

    private TableWriter create() {
        var writers = create(SlotOptions.ofPayload(64).slots(4));
        var gyro = writers.writer(GYRO);
        for (int version = 1; version <= NEWEST; version++) {
            gyro.write(Pattern.bytes(version, 64), 0, 64);
        }
        writers.writer(GPS).write(Pattern.bytes(1, 8), 0, 8);
        return writers;
    }

    private TableWriter create(SlotOptions options) {
        SlotTable.create(attachment().directory(), "table", options);
        MemorySeam spy = (area, memory) -> {
            words.put(area, memory);
            return memory;
        };
        return SlotTable.writer("table", attachment().through(spy));
    }

    private void store(String word, long value) {
        var slot = Slot.of(LAYOUT, 0);
        var data = memory(Area.DATA);
        switch (word) {
            case "count" -> memory(Area.PRODUCER).putLong(TableDescriptor.COUNT_OFFSET, value);
            case "directory owner" -> memory(Area.PRODUCER).putLong(TableDescriptor.DIRECTORY_OWNER_OFFSET, value);
            case "index" -> data.putInt(LAYOUT.indexOffset(0), (int) value);
            case "gyro's index" -> data.putInt(LAYOUT.indexOffset(LAYOUT.homeEntry(GYRO.value())), (int) value);
            case "name length" -> data.putInt(LAYOUT.nameLengthOffset(0), (int) value);
            case "latest" -> data.putLong(slot.latestOffset(), value);
            case "newest stamp" -> data.putLong(slot.cellOffset(NEWEST), value);
            case "next stamp" -> data.putLong(slot.cellOffset(NEWEST + 1), value);
            case "newest length" -> data.putInt(slot.cellOffset(NEWEST) + CellDescriptor.LENGTH_OFFSET, (int) value);
            case "newest writer" -> data.putLong(slot.cellOffset(NEWEST) + CellDescriptor.WRITER_OFFSET, value);
            case "owner" -> data.putLong(slot.ownerOffset(), value);
            default -> throw new IllegalArgumentException(word);
        }
    }

    private Memory memory(Area area) {
        return Objects.requireNonNull(words.get(area));
    }

    private Attachment attachment() {
        return Attachment.standard().in(new RegionDirectory(path));
    }

    private TableStatus status() {
        return SlotTable.status("table", attachment());
    }
}

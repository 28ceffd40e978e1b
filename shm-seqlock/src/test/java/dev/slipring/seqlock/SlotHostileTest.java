package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.SlipringException;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer that writes nonsense leaves readers without a value; it makes nobody read elsewhere, loop for ever, or die. */
class SlotHostileTest {
    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 1_000);
    private static final SlotOptions OPTIONS = SlotOptions.ofPayload(64).slots(3);
    private static final TableDescriptor LAYOUT = OPTIONS.layout();
    private static final SlotKey KEY = SlotKey.of("hostile");
    /** What looks as if the caller had named another slot or other members. */
    private static final String CALLERS_MISTAKE = ".* of the same number as .*|slot . is not in .*|.* name the members in the order of .*";

    @TempDir
    private Path directory;
    private Attachment attachment;
    private final Map<Area, Memory> words = new EnumMap<>(Area.class);

    @BeforeEach
    void create() {
        var there = new RegionDirectory(directory);
        SlotTable.create(there, "table", OPTIONS);
        attachment = Attachment.standard().in(there);
    }

    private Memory memory(Area area) {
        return Objects.requireNonNull(words.get(area));
    }

    /** A writer that lets the test store what it likes. */
    private TableWriter hostile() {
        MemorySeam spy = (area, memory) -> {
            words.put(area, memory);
            return memory;
        };
        return SlotTable.writer("table", attachment.through(spy));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 65, 1 << 16})
    void aLengthThatCannotBeIsNoValue(int length) {
        try (var writers = hostile(); var readers = SlotTable.reader("table", attachment)) {
            var writer = writers.writer(KEY);
            writer.write(Pattern.bytes(1, 64), 0, 64);
            memory(Area.DATA).putInt(Slot.of(LAYOUT, 0).cellOffset(1) + CellDescriptor.LENGTH_OFFSET, length);
            var reader = readers.reader(KEY);
            assertThat(reader.read()).isEqualTo(Read.BUSY);
            assertThat(reader.readExactly(1)).isEqualTo(Read.OVERWRITTEN);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 60, 5, 100})
    void aLatestVersionThatIsNotThereStopsTheSlot(long latest) {
        try (var writers = hostile(); var readers = SlotTable.reader("table", attachment)) {
            try (var writer = writers.writer(KEY)) {
                writer.write(Pattern.bytes(1, 64), 0, 64);
            }
            memory(Area.DATA).putLong(Slot.of(LAYOUT, 0).latestOffset(), latest);
            memory(Area.DATA).putLong(Slot.of(LAYOUT, 0).cellOffset(1), Long.MAX_VALUE);
            assertThat(readers.reader(KEY).read()).isIn(Read.BUSY, Read.NONE_YET);
            assertThatThrownBy(() -> writers.writer(KEY)).isInstanceOf(RegionCorrupt.class).hasMessageContaining("table");
            try (var others = SlotTable.writer("table", attachment)) {
                assertThatThrownBy(others.sharedWriter(KEY)::begin).as("nobody has it").isInstanceOf(RegionCorrupt.class);
            }
        }
    }

    @Test
    void aSlotThatCannotBeGoneOnWithIsNotKept() {
        try (var writers = hostile()) {
            writers.writer(KEY).close();
            memory(Area.DATA).putLong(LAYOUT.latestOffset(0), 99);
            assertThatThrownBy(() -> writers.writer(KEY)).isInstanceOf(RegionCorrupt.class);
            memory(Area.DATA).putLong(LAYOUT.latestOffset(0), 0);
            assertThat(writers.writer(KEY).version()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 4, 64", "-1, 4, 64", "3, 3, 64", "3, 8, 64", "3, 4, 65536", "1000000, 4, 64", "3, 1073741824, 64"})
    void aShapeThatIsNotTheFilesIsRefused(int slots, int cells, int payload) {
        try (var writers = hostile()) {
            writers.writer(KEY);
            new TableDescriptor(slots, cells, payload).writeTo(memory(Area.DATA));
            assertThatThrownBy(() -> SlotTable.reader("table", attachment)).isInstanceOf(RegionCorrupt.class);
            assertThatThrownBy(() -> SlotTable.writer("table", attachment)).isInstanceOf(RegionCorrupt.class);
        }
    }

    @Test
    void anOwnerThatCannotBeIsReported() {
        try (var writers = hostile()) {
            writers.writer(KEY).close();
            for (long owner : new long[] {-1, 65, (1L << 32) + 1000, Long.MIN_VALUE}) {
                memory(Area.DATA).putLong(LAYOUT.ownerOffset(0), owner);
                assertThatThrownBy(() -> writers.writer(KEY)).isInstanceOf(RegionCorrupt.class);
            }
        }
    }

    @Test
    void randomBytesAnywhereEndInAnOutcomeOrATypedError() {
        var random = Seed.random("randomBytesAnywhereEndInAnOutcomeOrATypedError");
        try (var writers = hostile(); var readers = SlotTable.reader("table", attachment)) {
            var left = writers.writer(KEY);
            var right = writers.writer(SlotKey.of(2));
            var both = writers.group(SlotKey.of(3), left, right);
            left.write(Pattern.bytes(1, 64), 0, 64);
            right.write(Pattern.bytes(1, 64), 0, 64);
            both.publish();
            for (int round = 0; round < ROUNDS; round++) {
                scribble(random);
                var leftReader = readers.reader(KEY);
                var rightReader = readers.reader(SlotKey.of(2));
                attempt(leftReader::read);
                attempt(() -> leftReader.readExactly(1 + random.nextInt(9)));
                attempt(() -> leftReader.atOrBefore(random.nextLong()));
                attempt(() -> new Snapshot(leftReader, rightReader).read());
                attempt(() -> readers.group(SlotKey.of(3), leftReader, rightReader).read());
                attempt(() -> readers.find(random.nextInt(4)));
                attempt(() -> readers.key(random.nextInt(3)));
                attempt(() -> {
                    try (var shared = writers.sharedWriter(SlotKey.of(random.nextInt(4)))) {
                        return shared.write(Pattern.bytes(1, 64), 0, 64);
                    }
                });
                attempt(() -> left.write(Pattern.bytes(1, 64), 0, 64));
            }
        }
    }

    /** A word, near one that means something, or anywhere; a plausible value, or any. The shape is read once, so it is left alone. */
    private void scribble(SplittableRandom random) {
        var area = random.nextInt(6) == 0 ? Area.PRODUCER : Area.DATA;
        int words = area == Area.PRODUCER ? 2 : memory(area).capacity() / Long.BYTES - 16;
        int offset = (area == Area.PRODUCER ? 0 : 128) + random.nextInt(words) * Long.BYTES;
        if (area == Area.DATA && random.nextBoolean()) {
            var slot = Slot.of(LAYOUT, random.nextInt(3));
            offset = switch (random.nextInt(4)) {
                case 0 -> slot.latestOffset();
                case 1 -> slot.ownerOffset();
                default -> slot.cellOffset(random.nextInt(4)) + random.nextInt(2) * Long.BYTES;
            };
        }
        memory(area).putLong(offset, random.nextBoolean() ? random.nextInt(20) : random.nextLong());
    }

    /** Something to try. */
    private interface Attempt {
        Object make();
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.make();
        } catch (SlipringException expected) {
            // says what is wrong
        } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching(CALLERS_MISTAKE);
        }
    }
}

package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** Random operations on a slot, compared with a list of all values that were ever published. */
class SlotModelTest {
    private static final int STEPS = 1_000;
    private static final int LENGTH = 40;

    @TempDir
    private Path directory;
    private final SplittableRandom random = Seed.random("SlotModelTest");
    private final int cells = 2 << random.nextInt(4);
    private TestSlot slot;

    /** The model: the source time of each version; index 0 stands for none. */
    private final List<Long> sourceTimes = new ArrayList<>();
    /** Whether the cell of the version to come is spoilt, so that one retained version less is there. */
    private boolean spoilt;
    private @Nullable FaultyProcess process;
    private @Nullable SlotWriter writer;

    /** A reader, and what it read last. */
    private static final class Side {
        final SlotReader reader;
        long last;

        Side(SlotReader reader) {
            this.reader = reader;
        }
    }

    @BeforeEach
    void create() {
        slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH).cells(cells));
        sourceTimes.add(Long.MIN_VALUE);
    }

    @RepeatedTest(20)
    void everySequenceOfOperationsDoesWhatTheModelSays() {
        try (var one = slot.reader(); var other = slot.reader()) {
            var sides = List.of(new Side(one), new Side(other));
            for (int step = 0; step < STEPS; step++) {
                step(sides.get(random.nextInt(2)));
            }
        }
        leave();
        slot.remove();
    }

    private void step(Side side) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> write();
            case 3 -> abandon();
            case 4 -> readExactly(side.reader);
            case 5 -> readAtOrBefore(side.reader);
            case 6 -> {
                if (random.nextInt(8) == 0) {
                    leave();
                }
            }
            default -> read(side);
        }
    }

    private long newest() {
        return sourceTimes.size() - 1L;
    }

    private long oldest() {
        return Math.max(1, newest() - cells + (spoilt ? 2L : 1L));
    }

    private SlotWriter writer() {
        if (writer == null) {
            process = new FaultyProcess();
            writer = slot.writer(process.seam());
            assertThat(writer.version()).isEqualTo(newest());
        }
        return writer;
    }

    private void write() {
        for (int count = random.nextInt(2 * cells); count >= 0; count--) {
            long version = newest() + 1;
            long time = version == 1 ? random.nextLong(10) : sourceTimes.get((int) newest()) + random.nextLong(3);
            int length = random.nextInt(LENGTH + 1);
            assertThat(writer().write(Pattern.bytes(version, length), 0, length, time, version * 3, version * 5)).isEqualTo(version);
            sourceTimes.add(time);
            spoilt = false;
        }
    }

    private void abandon() {
        try (var update = writer().begin()) {
            Pattern.write(-1, update.buffer(), LENGTH);
        }
        spoilt = true;
    }

    /** In order, or by death in the middle of a write. */
    private void leave() {
        var leaving = writer;
        var dying = process;
        if (leaving == null || dying == null) {
            return;
        }
        writer = null;
        if (random.nextBoolean()) {
            leaving.close();
            return;
        }
        dying.dieAfter(1 + random.nextInt(10)); // the even stamp is the 14th store
        try {
            leaving.write(Pattern.bytes(-1, LENGTH), 0, LENGTH);
            throw new AssertionError("it should have died");
        } catch (ProcessDied expected) {
            spoilt = true;
        }
        try {
            leaving.close();
        } catch (ProcessDied expected) {
            // the locks are gone
        }
    }

    private void read(Side side) {
        var outcome = side.reader.read();
        if (newest() == 0) {
            assertThat(outcome).isEqualTo(Read.NONE_YET);
            return;
        }
        assertThat(outcome).isIn(Read.OK, Read.WRITER_DEAD);
        requireVersion(side.reader, newest());
        assertThat(side.reader.skipped()).isEqualTo(side.last == 0 || side.last == newest() ? 0 : newest() - side.last - 1);
        side.last = newest();
    }

    private void readExactly(SlotReader reader) {
        long version = Math.max(1, newest() + 2 - random.nextInt(2 * cells + 2));
        long held = reader.value().version();
        var outcome = reader.readExactly(version);
        if (version > newest()) {
            assertThat(outcome).isEqualTo(Read.NONE_YET);
        } else if (version >= oldest() || version == held) {
            assertThat(outcome).isEqualTo(Read.OK);
            requireVersion(reader, version);
        } else {
            assertThat(outcome).isEqualTo(Read.OVERWRITTEN);
            assertThat(reader.value().version()).isEqualTo(held);
        }
    }

    private void readAtOrBefore(SlotReader reader) {
        long time = newest() == 0 ? 5 : sourceTimes.get((int) newest()) - random.nextLong(2L * cells) + 1;
        long expected = newest();
        while (expected > 0 && sourceTimes.get((int) expected) > time) {
            expected--;
        }
        var outcome = reader.atOrBefore(time);
        if (expected == 0 && oldest() == 1) {
            assertThat(outcome).isEqualTo(Read.NONE_YET);
        } else if (expected < oldest()) {
            assertThat(outcome).isEqualTo(Read.OVERWRITTEN);
        } else {
            assertThat(outcome).isEqualTo(Read.OK);
            requireVersion(reader, expected);
        }
    }

    private void requireVersion(SlotReader reader, long version) {
        var value = reader.value();
        assertThat(value.version()).isEqualTo(version);
        Pattern.require(version, value.payload());
        assertThat(value.sourceTime()).isEqualTo(sourceTimes.get((int) version));
        assertThat(value.contextVersion()).isEqualTo(version * 3);
        assertThat(value.ringSequence()).isEqualTo(version * 5);
    }
}

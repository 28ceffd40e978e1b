package dev.slipring.seqlock;

import static dev.slipring.seqlock.TestTable.BOTH;
import static dev.slipring.seqlock.TestTable.LEFT;
import static dev.slipring.seqlock.TestTable.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.fault.FaultyProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of several slots that belong together: what is a group, what is refused, and what is left of one whose writer died. */
class SlotGroupTest {
    @TempDir
    private Path directory;
    private TestTable table;

    @BeforeEach
    void create() {
        create(4);
    }

    private void create(int cells) {
        table = TestTable.create(directory, cells);
    }

    @Test
    void aGroupIsWhatItsWriterSaid() {
        try (var writers = table.writers(); var readers = table.readers()) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            var leftReader = readers.reader(LEFT);
            var rightReader = readers.reader(RIGHT);
            var group = readers.group(BOTH, leftReader, rightReader);
            assertThat(group.read()).isEqualTo(Read.NONE_YET);
            try (var both = writers.group(BOTH, left, right)) {
                TestTable.write(left, 1);
                assertThatThrownBy(both::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("member 1");
                TestTable.write(right, 1);
                assertThat(both.publish(5, 6, 7)).isEqualTo(1);
                TestTable.write(left, 2);
                assertThat(group.read()).isEqualTo(Read.OK);
                assertThat(TestTable.read(leftReader)).as("not yet the group's").isEqualTo(1);
                assertThat(TestTable.read(rightReader)).isEqualTo(1);
                assertThat(group.value().sourceTime()).isEqualTo(5);
                assertThat(leftReader.read()).isEqualTo(Read.OK);
                assertThat(TestTable.read(leftReader)).as("alone it is there").isEqualTo(2);
                TestTable.write(right, 2);
                both.publish();
                TestTable.write(left, 3);
                TestTable.write(left, 4);
                assertThat(group.read()).isEqualTo(Read.OK);
                assertThat(TestTable.read(leftReader)).isEqualTo(2);
                assertThat(TestTable.read(rightReader)).isEqualTo(2);
                TestTable.write(left, 5);
                TestTable.write(left, 6);
                assertThat(group.read()).as("what is held is not copied again").isEqualTo(Read.OK);
                var newcomer = readers.group(BOTH, readers.reader(LEFT), readers.reader(RIGHT));
                assertThat(newcomer.read()).as("version 2 of left is overwritten").isEqualTo(Read.BUSY);
                both.publish();
                assertThat(group.read()).isEqualTo(Read.OK);
                assertThat(TestTable.read(leftReader)).isEqualTo(6);
                assertThat(group.skipped()).isZero();
                assertThatThrownBy(readers.group(BOTH, rightReader, leftReader)::read).isInstanceOf(
                    IllegalArgumentException.class);
                assertThatThrownBy(readers.group(BOTH, leftReader)::read).isInstanceOf(
                    IllegalArgumentException.class);
            }
            var shared = writers.sharedWriter(SlotKey.of(1));
            assertThatThrownBy(() -> writers.group(BOTH, shared)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writers.group(BOTH, left, left, left)).isInstanceOf(IllegalArgumentException.class);
            writers.group(BOTH, left, right).close();
        }
    }

    @Test
    void aGroupWithAClosedMemberIsNotPublished() {
        try (var writers = table.writers()) {
            var left = writers.writer(LEFT);
            var both = writers.group(BOTH, left);
            TestTable.write(left, 1);
            both.publish();
            left.close(); // somebody else may write it from here on
            assertThatThrownBy(both::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void membersAreSlotsOfTheSameTable() {
        var other = TestTable.create(directory.resolve("other"), 4);
        try (var writers = table.writers(); var others = other.writers(); var readers = table.readers(); var lookers = other.readers()) {
            var stranger = others.writer(LEFT);
            assertThatThrownBy(() -> writers.group(BOTH, stranger)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                "same table");
            assertThat(readers.find(BOTH.value())).as("nothing was added for it").isEqualTo(-1);
            var outlook = lookers.reader(LEFT);
            assertThatThrownBy(() -> readers.group(BOTH, outlook)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                "same table");
        }
    }

    @Test
    void whoTakesOverPublishesOnlyWhatItWroteItself() {
        writeLeftOfBothAndDie();
        try (var writers = table.writers(); var readers = table.readers()) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            var both = writers.group(BOTH, left, right);
            assertThatThrownBy(both::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("member 0");
            TestTable.write(left, 3);
            assertThatThrownBy(both::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("member 1");
            requireBoth(readers, 1);
            TestTable.write(right, 3);
            both.publish();
            requireBoth(readers, 3);
        }
    }

    /** Two cells retain one version besides the newest: the second who dies between two members takes what the group means. */
    @Test
    void whatTheDeadHaveOverwrittenIsBusyAndNotMixedUntilTheNextPublish() {
        table.remove();
        create(2);
        writeLeftOfBothAndDie();
        try (var readers = table.readers()) {
            requireBoth(readers, 1);
            writeLeftAndDie();
            var group = readers.group(BOTH, readers.reader(LEFT), readers.reader(RIGHT));
            assertThat(group.read()).isEqualTo(Read.BUSY);
            try (var writers = table.writers()) {
                var left = writers.writer(LEFT);
                var right = writers.writer(RIGHT);
                TestTable.write(left, 4);
                TestTable.write(right, 4);
                assertThat(group.read()).isEqualTo(Read.BUSY);
                writers.group(BOTH, left, right).publish();
                requireBoth(readers, 4);
            }
        }
    }

    /** Both are 1, and then left is 2. */
    private void writeLeftOfBothAndDie() {
        var process = new FaultyProcess();
        var writers = table.writers(process.seam());
        var left = writers.writer(LEFT);
        var right = writers.writer(RIGHT);
        TestTable.write(left, 1);
        TestTable.write(right, 1);
        writers.group(BOTH, left, right).publish();
        TestTable.write(left, 2);
        process.kill(writers);
    }

    private void writeLeftAndDie() {
        var process = new FaultyProcess();
        var writers = table.writers(process.seam());
        TestTable.write(writers.writer(LEFT), 3);
        process.kill(writers);
    }

    private static void requireBoth(TableReader readers, long value) {
        var left = readers.reader(LEFT);
        var right = readers.reader(RIGHT);
        assertThat(readers.group(BOTH, left, right).read().isDelivered()).isTrue();
        assertThat(TestTable.read(left)).isEqualTo(value);
        assertThat(TestTable.read(right)).isEqualTo(value);
    }
}

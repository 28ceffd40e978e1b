package dev.slipring.seqlock;

import static dev.slipring.seqlock.TestTable.BOTH;
import static dev.slipring.seqlock.TestTable.LEFT;
import static dev.slipring.seqlock.TestTable.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.process.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer goes on, or dies, between two looks of a reader. */
class SlotInterleavingTest {
    private static final int LENGTH = 32;

    @TempDir
    private Path directory;

    @Test
    void aVersionThatComesBetweenTwoLooksIsNotCalledOverwritten() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        try (var writer = slot.writer()) {
            var meanwhile = Interjection.once(Area.DATA, "getLongAcquire", () -> TestSlot.write(writer, LENGTH));
            try (var reader = slot.reader(meanwhile.over(MemorySeam.DIRECT))) {
                meanwhile.arm(1);
                assertThat(reader.readExactly(1)).isEqualTo(Read.OK);
                assertThat(meanwhile.isOver()).isTrue();
            }
        }
    }

    @Test
    void theNewestNotAfterATimeIsThereHoweverFastItsWriterIs() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH).cells(2));
        try (var writer = slot.writer()) {
            TestSlot.write(writer, LENGTH);
            var meanwhile = Interjection.once(Area.DATA, "copyOut", () -> {
                TestSlot.write(writer, LENGTH);
                TestSlot.write(writer, LENGTH);
            });
            try (var reader = slot.reader(meanwhile.over(MemorySeam.DIRECT))) {
                assertThat(reader.readExactly(9)).as("it has found the slot").isEqualTo(Read.NONE_YET);
                meanwhile.arm();
                assertThat(reader.atOrBefore(Long.MAX_VALUE)).isEqualTo(Read.OK);
                assertThat(reader.value().version()).isEqualTo(3);
                assertThat(reader.retries()).isEqualTo(1);
            }
        }
    }

    /** The value was read, one more was written, and then the writer died: that one was its last. */
    @Test
    void whatADeadWriterWroteLastIsDeliveredAsItsLastWord() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        var process = new FaultyProcess();
        var writer = slot.writer(process.seam());
        TestSlot.write(writer, LENGTH);
        int owner = Slot.of(SlotOptions.ofPayload(LENGTH).layout(), 0).ownerOffset();
        Interjection meanwhile = (area, call, arguments) -> {
            if (call.equals("getLongAcquire") && arguments[0].equals(owner) && !process.isDead()) {
                TestSlot.write(writer, LENGTH);
                process.kill(writer);
            }
        };
        try (var reader = slot.reader(meanwhile.over(MemorySeam.DIRECT))) {
            Await.until("the death is told", () -> reader.read() == Read.WRITER_DEAD);
            assertThat(reader.value().version()).isEqualTo(2);
        }
    }

    @Test
    void aGroupThatWasNotDeliveredIsStillNews() throws InterruptedException {
        var table = TestTable.create(directory, 2);
        boolean[] fast = {false};
        try (var writers = table.writers()) {
            var left = writers.writer(LEFT);
            var right = writers.writer(RIGHT);
            var both = writers.group(BOTH, left, right);
            Runnable update = () -> {
                for (int i = 0; i < 2; i++) {
                    TestTable.write(left, i);
                    TestTable.write(right, i);
                }
                both.publish();
            };
            int value = TestTable.slot(2, 0).firstCellOffset();
            int end = TestTable.slot(2, 1).firstCellOffset();
            Interjection meanwhile = (area, call, arguments) -> {
                if (fast[0] && call.equals("copyOut") && (int) arguments[0] >= value && (int) arguments[0] < end) {
                    update.run();
                }
            };
            try (var readers = table.readers(meanwhile.over(MemorySeam.DIRECT))) {
                var group = readers.group(BOTH, readers.reader(LEFT), readers.reader(RIGHT));
                update.run();
                assertThat(group.read()).isEqualTo(Read.OK);
                update.run();
                fast[0] = true;
                assertThat(group.read()).isEqualTo(Read.BUSY);
                fast[0] = false;
                assertThat(group.isReady()).isTrue();
                assertThat(group.awaitNewer(0)).isEqualTo(Read.OK);
                assertThat(group.isReady()).isFalse();
            }
        }
    }
}

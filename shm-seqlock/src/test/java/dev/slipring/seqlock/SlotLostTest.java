package dev.slipring.seqlock;

import static dev.slipring.seqlock.TestTable.LEFT;
import static dev.slipring.seqlock.TestTable.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionLost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody removes the file of a table, or cuts it short: an error that says so, for whoever reads it, looks into it, or attaches. */
class SlotLostTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    private Path directory;
    private TestTable table;

    @BeforeEach
    void create() {
        table = TestTable.create(directory, 2);
    }

    @Test
    void whoWaitsForTheFirstValueNoticesThatTheFileIsGone() throws IOException {
        try (var writers = table.writers(); var readers = table.readers()) {
            writers.writer(LEFT);
            var reader = readers.reader(LEFT);
            assertThat(reader.read()).isEqualTo(Read.NONE_YET);
            Files.delete(directory.resolve(TestTable.NAME));
            requireLost(() -> reader.awaitNewer(LONG_NS));
        }
    }

    @Test
    void whoWaitsForTheNextValueNoticesThatTheFileIsGone() throws IOException {
        try (var writers = table.writers(); var readers = table.readers()) {
            TestTable.write(writers.writer(LEFT), 1);
            var reader = readers.reader(LEFT);
            assertThat(reader.read()).isEqualTo(Read.OK);
            Files.delete(directory.resolve(TestTable.NAME));
            requireLost(() -> reader.awaitNewer(LONG_NS));
        }
    }

    @Test
    void whoWaitsForTheSlotNoticesThatTheFileIsGone() throws IOException {
        try (var readers = SlotTable.subscriber(TestTable.NAME, table.attachment(MemorySeam.DIRECT))) {
            Files.delete(directory.resolve(TestTable.NAME));
            requireLost(() -> readers.reader(LEFT).awaitNewer(LONG_NS));
        }
    }

    @Test
    void aWriterNoticesThatTheFileWasCutShortAndNotThatItWasRemoved() throws IOException {
        try (var writers = table.writers(); var file = FileChannel.open(directory.resolve(TestTable.NAME), StandardOpenOption.WRITE)) {
            var writer = writers.writer(LEFT);
            Files.delete(directory.resolve(TestTable.NAME));
            assertThat(TestTable.write(writer, 1)).isEqualTo(1);
            file.truncate(0);
            requireLost(() -> TestTable.write(writer, 2));
        }
    }

    @Test
    void aDirectoryThatWasCutShortIsLost() {
        try (var writers = table.writers(); var readers = table.readers()) {
            writers.writer(LEFT);
            cutShort(TestTable.NAME);
            requireLost(readers::count);
            requireLost(() -> readers.key(0));
            requireLost(() -> readers.find(LEFT.value()));
            requireLost(() -> writers.writer(RIGHT));
        }
    }

    @Test
    void whoLooksWhileTheFileIsCutShortIsToldSo() {
        requireLost(() -> SlotTable.status(TestTable.NAME, table.attachment(cutShortBeforeUseOfMemory(1, TestTable.NAME))));
    }

    /** A writer's fourth memory of the data is that of its slot, a reader's third. */
    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "true, 3", "true, 4", "false, 1", "false, 2"})
    void whoAttachesWhileTheFileIsCutShortIsToldSo(boolean writes, int memory) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(8));
        var seam = cutShortBeforeUseOfMemory(memory, "slot");
        requireLost(() -> {
            try (var side = writes ? slot.writer(seam) : slot.reader(seam)) {
                throw new AssertionError("attached: " + side);
            }
        });
        requireLost(() -> table.readers(cutShortBeforeUseOfMemory(1, TestTable.NAME)));
    }

    private MemorySeam cutShortBeforeUseOfMemory(int number, String name) {
        var made = new AtomicInteger();
        return (area, memory) -> {
            if (area == Area.DATA && made.incrementAndGet() == number) {
                cutShort(name);
            }
            return memory;
        };
    }

    private static void requireLost(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RegionLost.class).hasMessageContaining("removed or cut short");
    }

    private void cutShort(String name) {
        try (var file = FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
            file.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One writer flat out, two readers in other processes: not one value of two versions. Only values that differ from the one before are
 * counted and checked; how many: {@code -Dslipring.torn.reads}, and of long values as many as fit into the same time.
 */
class SlotTornIT {
    private static final long READS = Long.getLong("slipring.torn.reads", 20_000);
    private static final int FULL_SPEED_LENGTH = 512;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 1000, 65_536})
    void noReaderEverSeesHalfOfAValue(int length) {
        SlotTable.create(new RegionDirectory(directory), "table", SlotOptions.ofPayload(65_536));
        long reads = READS * FULL_SPEED_LENGTH / Math.max(FULL_SPEED_LENGTH, length);
        try (var writer = worker("writer", length); var one = worker("reader", reads); var other = worker("reader", reads)) {
            for (var reader : new JavaProcess[] {one, other}) {
                String counts = reader.readLine(Duration.ofSeconds(30 + READS / 5_000));
                assertThat(counts).as("%s", reader.everything()).startsWith("delivered " + reads);
                System.out.println(length + " bytes: " + counts);
                assertThat(reader.awaitExit()).isZero();
            }
            assertThat(writer.end()).as("%s", writer.everything()).isZero();
        }
    }

    private JavaProcess worker(String role, long number) {
        var worker = JavaProcess.start(SlotWorker.class, role, directory.toString(), Long.toString(number));
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }
}

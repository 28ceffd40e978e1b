package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Allocation;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hot paths give the garbage collector nothing to do. */
class SlotAllocationTest {
    private static final int ROUNDS = 200_000;

    @TempDir
    private Path directory;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
    private long sum;

    @Test
    void noReadOrWriteAllocates() {
        var there = new RegionDirectory(directory);
        SlotTable.create(there, "table", SlotOptions.ofPayload(64).slots(4));
        var attachment = Attachment.standard().in(there);
        try (var writers = SlotTable.writer("table", attachment); var readers = SlotTable.reader("table", attachment)) {
            var gyro = writers.writer(SlotKey.of(1));
            var gps = writers.writer(SlotKey.of(2));
            var shared = writers.sharedWriter(SlotKey.of(3));
            var both = writers.group(SlotKey.of(4), gyro, gps);
            var gyroReader = readers.reader(SlotKey.of(1));
            var gpsReader = readers.reader(SlotKey.of(2));
            var snapshot = new Snapshot(gyroReader, readers.reader(SlotKey.of(3)));
            var group = readers.group(SlotKey.of(4), gyroReader, gpsReader);
            Runnable round = () -> {
                write(gyro);
                gps.write(bytes, 0, 40, 1, 2, 3);
                shared.write(bytes, 0, 64);
                both.publish();
                sum += readers.find(3) + gpsReader.read().ordinal() + gyroReader.atOrBefore(sum).ordinal();
                sum += gpsReader.readExactly(gps.version()).ordinal() + snapshot.read().ordinal() + group.read().ordinal();
                sum += gyroReader.value().payload().getLong(0) + gyroReader.value().ageNs() + gyroReader.skipped();
            };
            assertThat(Allocation.of(() -> repeat(round))).as("bytes for " + ROUNDS + " rounds").isLessThan(1024);
        }
        assertThat(sum).isNotZero();
    }

    private static void repeat(Runnable round) {
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
    }

    private void write(SlotWriter writer) {
        try (var update = writer.begin()) {
            update.buffer().putLong(0, sum);
            update.sourceTime(sum).publish(Long.BYTES);
        }
    }
}

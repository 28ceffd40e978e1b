package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of more than 2 GiB, all of it taken, mapped and used. It takes seconds, so it is for the profile "torture". */
class FrameLargePoolIT {
    private static final int FRAMES = 9;
    private static final int FRAME_BYTES = 256 << 20;
    private static final int HELD = FRAMES - 2;
    private static final int STEP = 1 << 20;
    private static final long MARGIN = 1L << 30;

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void eachFrameIsItsOwnMemoryBeyondTwoGibibytesToo() throws IOException {
        assumeTrue(Boolean.getBoolean("slipring.stress.thorough"), "a pool of 2.3 GB takes its time: -P torture");
        var options = PoolOptions.of(FRAMES, FRAME_BYTES);
        assertThat(options.regionBytes()).isGreaterThan(Integer.MAX_VALUE);
        long free = Math.min(Files.getFileStore(directory).getUsableSpace(), availableMemory());
        assumeTrue(free > options.regionBytes() + MARGIN, () -> "no room for a pool of " + options.shmSize() + " here: "
            + (free >> 20) + "m are free");
        var pool = TestPool.create(directory, options);
        var format = FrameFormat.compressed("NONE", 1, 1, FRAME_BYTES);
        var used = new TreeSet<Integer>();
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest().holding(HELD))) {
            for (int round = 0; round < 2; round++) {
                var leases = new ArrayList<Lease>();
                for (int i = 0; i < HELD; i++) {
                    publish(producer, format);
                    var lease = new Lease();
                    assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
                    leases.add(lease);
                }
                pool.status().holders().forEach(holder -> used.add(holder.frame()));
                assertThat(producer.sequence()).isEqualTo((round + 1L) * HELD);
                leases.forEach(FrameLargePoolIT::requireItsOwn);
                leases.forEach(Lease::close);
            }
        }
        assertThat(used).as("frames that were used").hasSize(FRAMES);
        pool.remove();
    }

    private static void publish(FrameProducer producer, FrameFormat format) {
        var loan = new Loan();
        assertThat(producer.tryLoan(format, loan)).isTrue();
        try (loan) {
            for (int at = 0; at < FRAME_BYTES; at += STEP) {
                loan.buffer().putLong(at, producer.sequence() + at);
                loan.buffer().putLong(at + STEP - Long.BYTES, producer.sequence() - at);
            }
            loan.publish();
        }
    }

    private static void requireItsOwn(Lease lease) {
        for (int at = 0; at < FRAME_BYTES; at += STEP) {
            assertThat(lease.buffer().getLong(at)).isEqualTo(lease.sequence() + at);
            assertThat(lease.buffer().getLong(at + STEP - Long.BYTES)).isEqualTo(lease.sequence() - at);
        }
    }

    private static long availableMemory() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:")).mapToLong(line ->
                Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
        }
    }
}

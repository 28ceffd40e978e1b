package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionFull;
import dev.slipring.core.process.Seed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything a participant may write holds nonsense when the next ones come: table, journal, counters, head, checkpoints, waiters, the
 * producer's position, records. {@link RingHostileTest} does it to a ring in use.
 */
class RingHostileControlTest {
    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 1_000) / 2;
    private static final int CAPACITY = 1024;
    private static final int PAGE = 64 * 1024;
    private static final int TABLE_LENGTH = 64 * 256;
    private static final int[][] AREAS = {{PAGE, TABLE_LENGTH}, {PAGE + TABLE_LENGTH, 512}, {PAGE + TABLE_LENGTH + 4096, 64},
        {PAGE + TABLE_LENGTH + 2 * 4096, 256}, {PAGE + TABLE_LENGTH + 3 * 4096, 64}, {2 * PAGE, 64}, {3 * PAGE, CAPACITY}};

    private static final MessageHandler READ_ALL = (type, buffer, offset, length) -> {
        for (int i = 0; i < length; i++) {
            buffer.getByte(offset + i);
        }
    };

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverStandsWhereOthersMayWriteIsDamageOrARing(RingKind kind) throws IOException {
        var regions = new RegionDirectory(directory);
        var attachment = Attachment.standard().in(regions);
        kind.create(regions, "ring", RingOptions.ofCapacity(CAPACITY));
        byte[] sound = Files.readAllBytes(directory.resolve("ring"));
        var random = Seed.random("whateverStandsWhereOthersMayWriteIsDamageOrARing");
        int used = 0;
        for (int round = 0; round < ROUNDS; round++) {
            scribble(sound, random);
            try (var consumer = kind.consumer("ring", attachment, ConsumerOptions.STANDARD)) {
                assertThat(consumer.poll(READ_ALL, 10_000)).isBetween(RingConsumer.END_OF_STREAM, 10_000);
                used++;
            } catch (RegionCorrupt | RegionFull expected) {
                assertThat(expected).hasMessageContaining("ring");
            }
            try (var producer = kind.producer("ring", attachment)) {
                producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
                used++;
            } catch (RegionCorrupt | RegionFull expected) {
                assertThat(expected).hasMessageContaining("ring");
            }
        }
        assertThat(used).as("some nonsense is harmless").isPositive();
        scribble(sound, 0, random);
        try (var producer = kind.producer("ring", attachment); var consumer = kind.consumer("ring", attachment,
            ConsumerOptions.STANDARD)) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            assertThat(consumer.poll(READ_ALL, 10)).as("no claim was left behind").isEqualTo(1);
        }
        SpscRing.remove(regions, "ring");
        assertThat(directory).isEmptyDirectory();
    }

    private void scribble(byte[] sound, SplittableRandom random) throws IOException {
        scribble(sound, 1 + random.nextInt(3), random);
    }

    /** Nonsense in so many areas, and what a new ring has in the others. */
    private void scribble(byte[] sound, int areas, SplittableRandom random) throws IOException {
        byte[] bytes = sound.clone();
        var words = new UnsafeBuffer(bytes);
        for (int i = 0; i < areas; i++) {
            int[] area = AREAS[random.nextInt(AREAS.length)];
            for (int change = random.nextInt(40); change >= 0; change--) {
                int offset = area[0] + random.nextInt(area[1] / 8) * 8;
                switch (random.nextInt(5)) {
                    case 0 -> words.putLong(offset, random.nextLong());
                    case 1 -> words.putLong(offset, random.nextInt(-16, 80) * 8L);
                    case 2 -> words.putLong(offset, MpscDescriptor.padding(random.nextInt(0, 20) * 64));
                    case 3 -> words.putLong(offset, MpscDescriptor.claim(64 * random.nextInt(20), random.nextInt(64), random.nextInt(4)));
                    default -> words.putLong(offset, RecordDescriptor.header(random.nextInt(-2, 200), random.nextInt(-2, 3)));
                }
            }
        }
        try (var file = new RandomAccessFile(directory.resolve("ring").toFile(), "rw")) {
            file.seek(PAGE);
            file.write(bytes, PAGE, 3 * PAGE + CAPACITY - PAGE);
        }
    }
}

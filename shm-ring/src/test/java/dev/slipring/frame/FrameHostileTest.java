package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionFull;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the words and descriptors of a pool, its sides find damage or a pool, and read nothing outside of its frames. */
class FrameHostileTest {
    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 1_000) / 10;
    private static final int FRAMES = 6;
    private static final int PAGE = 64 * 1024;
    private static final int WORDS = PAGE + 32 * 1024;
    /** Frame words; the first three seats; what the producer stores; descriptors. */
    private static final int[][] AREAS = {{WORDS, FRAMES * 64}, {WORDS + 256 * 64, 3 * 512}, {2 * PAGE, 264}, {2 * PAGE + 2048, 256},
        {3 * PAGE, FRAMES * 256}};

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverStandsThereIsDamageOrAPool() throws IOException {
        var random = Seed.random("whateverStandsThereIsDamageOrAPool");
        var pool = TestPool.create(directory, FRAMES);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.every(2))) {
            for (int i = 0; i < 9; i++) {
                Picture.publish(producer, TestPool.SMALL);
            }
            assertThat(consumer.next(new Lease())).isEqualTo(Delivery.FRAME);
        }
        byte[] sound = Files.readAllBytes(directory.resolve(TestPool.NAME));
        int used = 0;
        for (int round = 0; round < ROUNDS; round++) {
            overwrite(sound);
            try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.every(2))) {
                Picture.publish(producer, TestPool.SMALL);
                scribble(random); // under both
                for (int i = 0; i < 3; i++) {
                    use(producer, consumer);
                }
                used++;
            } catch (RegionCorrupt | RegionFull | IllegalArgumentException expected) { // or frames too small for the picture
                assertThat(expected).hasMessageContaining("pool");
            }
            try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
                use(producer, consumer);
                used++;
            } catch (RegionCorrupt | RegionFull | IllegalArgumentException expected) { // or frames too small for the picture
                assertThat(expected).hasMessageContaining("pool");
            }
        }
        assertThat(used).as("some nonsense is harmless").isPositive();
        overwrite(sound);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
            assertThat(consumer.latest(new Lease())).as("nothing was left behind").isEqualTo(Delivery.FRAME);
        }
        pool.remove();
    }

    /** Who looks for the dead finds the damage; the frame that it was to have been is still there to be lent. */
    @Test
    void aDamagedTableCostsNoFrame() throws IOException {
        var pool = TestPool.create(directory, 4);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            publish(producer, 4);
            assertThat(consumer.next(new Lease())).isEqualTo(Delivery.FRAME);
            publish(producer, 3); // the leased one is in the way now
            try (var file = new RandomAccessFile(directory.resolve(TestPool.NAME).toFile(), "rw")) {
                file.seek(PAGE + 20 * 256 + 4);
                file.writeInt(Integer.reverseBytes(1)); // ACTIVE
                file.writeInt(Integer.reverseBytes(7)); // as what?
            }
            assertThatThrownBy(() -> producer.tryLoan(TestPool.SMALL, new Loan())).isInstanceOf(RegionCorrupt.class);
            assertThat(pool.idleFrames()).isEqualTo(3);
        }
        pool.remove();
    }

    private static void publish(FrameProducer producer, int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
        }
    }

    private static void use(FrameProducer producer, FrameConsumer consumer) {
        Picture.publish(producer, TestPool.SMALL);
        var lease = new Lease();
        if (consumer.next(lease) == Delivery.FRAME) {
            try (lease) {
                for (var plane : lease.format().planes()) {
                    for (int at = plane.offset(); at < plane.end(); at++) {
                        lease.buffer().getByte(at);
                    }
                }
                lease.buffer().getByte(lease.bytes() - 1);
            }
        }
        assertThat(producer.status().holders().size()).isLessThanOrEqualTo(FRAMES * 2);
    }

    private void overwrite(byte[] bytes) throws IOException {
        try (var file = new RandomAccessFile(directory.resolve(TestPool.NAME).toFile(), "rw")) {
            file.seek(PAGE);
            file.write(bytes, PAGE, bytes.length - PAGE);
        }
    }

    private void scribble(RandomGenerator random) throws IOException {
        var word = new UnsafeBuffer(new byte[Long.BYTES]);
        try (var file = new RandomAccessFile(directory.resolve(TestPool.NAME).toFile(), "rw")) {
            for (int change = random.nextInt(20); change >= 0; change--) {
                int[] area = AREAS[random.nextInt(AREAS.length)];
                switch (random.nextInt(3)) {
                    case 0 -> word.putLong(0, random.nextLong());
                    case 1 -> word.putLong(0, random.nextInt(-2, 300));
                    default -> word.putLong(0, (long) random.nextInt(4) << 33 | random.nextInt(8));
                }
                file.seek(area[0] + random.nextInt(area[1] / 8) * 8L);
                file.write(word.byteArray());
            }
        }
    }
}

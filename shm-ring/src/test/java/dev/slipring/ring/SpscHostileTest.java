package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.SlipringException;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer that writes nonsense stops the flow; it makes nobody read elsewhere, loop for ever, or die. */
class SpscHostileTest {
    private static final MessageHandler READ_ALL = (type, buffer, offset, length) -> {
        for (int i = 0; i < length; i++) {
            buffer.getByte(offset + i);
        }
    };

    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 1_000);

    @TempDir
    private Path directory;

    private final Map<Area, Memory> words = new EnumMap<>(Area.class);

    @ParameterizedTest
    @CsvSource({"2147483647, 1", "-1, 1", "-2147483648, 1", "7, 1", "137, 1", "1024, 1", "8, -2", "64, -1", "1024, -1", "960, -1", "4, 0"})
    void aHeaderThatCannotBeIsReportedWithItsBytes(int length, int type) {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(spy()); var consumer = ring.consumer()) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            memory(Area.DATA).putLong(64, RecordDescriptor.header(length, type));
            assertThat(consumer.poll(READ_ALL, 1)).isEqualTo(1);
            assertThatThrownBy(() -> consumer.poll(READ_ALL, 1)).isInstanceOf(RegionCorrupt.class)
                .hasMessageContaining("length " + length).hasMessageContaining("type " + type).hasMessageContaining("bytes");
        }
        assertThatThrownBy(ring::producer).as("a producer that would take over").isInstanceOf(RegionCorrupt.class);
    }

    @ParameterizedTest
    @CsvSource({"63, true", "64, true", "65, false", "68, false", "71, false", "72, false", "73, false", "128, false"})
    void theLastRecordEndsWithTheRing(int length, boolean fits) {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(spy()); var consumer = ring.consumer()) {
            for (int i = 0; i < 15; i++) {
                producer.offer(1, new UnsafeBuffer(new byte[56]), 0, 56);
            }
            assertThat(consumer.poll(READ_ALL, 15)).isEqualTo(15);
            memory(Area.DATA).putLong(960, RecordDescriptor.header(length, 1));
            if (fits) {
                assertThat(consumer.poll((type, buffer, offset, given) -> assertThat(given).isEqualTo(length - 8), 1)).isEqualTo(1);
            } else {
                assertThatThrownBy(() -> consumer.poll(READ_ALL, 1)).isInstanceOf(RegionCorrupt.class);
            }
        }
    }

    @Test
    void aHeadThatCannotBeIsReportedToTheProducer() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(); var consumer = ring.consumer(spy(), ConsumerOptions.STANDARD)) {
            for (int i = 0; i < 7; i++) {
                producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100);
            }
            memory(Area.CONSUMER).putLong(SpscDescriptor.HEAD_OFFSET, 1L << 40);
            assertThatThrownBy(() -> producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100)).isInstanceOf(RegionCorrupt.class)
                .hasMessageContaining("" + (1L << 40));
            assertThat(consumer.poll(READ_ALL, 1)).isEqualTo(1);
        }
    }

    @Test
    void randomBytesInsteadOfTheRingAreErrorsOrMessagesButNeverMore() {
        var random = Seed.random("SpscHostileTest");
        for (int round = 0; round < ROUNDS; round++) {
            var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
            try (var producer = ring.producer(spy())) {
                producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
                for (var area : new Area[] {Area.DATA, Area.PRODUCER}) {
                    for (int i = random.nextInt(64); i > 0; i--) {
                        int offset = random.nextInt(1024 / 8) * 8;
                        memory(area).putLong(offset, random.nextBoolean() ? random.nextLong()
                            : RecordDescriptor.header(random.nextInt(200) - 20, random.nextInt(4) - 1));
                    }
                }
                try (var consumer = ring.consumer()) {
                    assertThat(consumer.poll(READ_ALL, 10_000)).isBetween(0, 10_000);
                } catch (SlipringException expected) {
                    assertThat(expected).isInstanceOf(RegionCorrupt.class);
                }
            }
            try (var successor = ring.producer()) {
                assertThat(successor.position()).isBetween(0L, 1024L);
            } catch (SlipringException expected) {
                assertThat(expected).isInstanceOf(RegionCorrupt.class);
            }
            ring.remove();
        }
    }

    private MemorySeam spy() {
        return (area, mapped) -> {
            words.put(area, mapped);
            return mapped;
        };
    }

    private Memory memory(Area area) {
        return java.util.Objects.requireNonNull(words.get(area));
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.SlipringException;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that writes nonsense stops the flow; it makes nobody read elsewhere, loop for ever, or die. */
class RingHostileTest {
    private static final MessageHandler READ_ALL = (type, buffer, offset, length) -> {
        for (int i = 0; i < length; i++) {
            buffer.getByte(offset + i);
        }
    };

    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 1_000);

    @TempDir
    private Path directory;

    private final Scribbler spy = new Scribbler();

    @ParameterizedTest
    @CsvSource({"2147483647, 1", "-1, 1", "-2147483648, 1", "7, 1", "137, 1", "1024, 1", "8, -3", "64, -1", "1024, -1", "960, -1", "4, 0"})
    void aHeaderThatCannotBeIsReportedWithItsBytes(int length, int type) {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(spy); var consumer = ring.consumer()) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            spy.memory(Area.DATA).putLong(64, RecordDescriptor.header(length, type));
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
        try (var producer = ring.producer(spy); var consumer = ring.consumer()) {
            for (int i = 0; i < 15; i++) {
                producer.offer(1, new UnsafeBuffer(new byte[56]), 0, 56);
            }
            assertThat(consumer.poll(READ_ALL, 15)).isEqualTo(15);
            spy.memory(Area.DATA).putLong(960, RecordDescriptor.header(length, 1));
            if (fits) {
                assertThat(consumer.poll((type, buffer, offset, given) -> assertThat(given).isEqualTo(length - 8), 1)).isEqualTo(1);
            } else {
                assertThatThrownBy(() -> consumer.poll(READ_ALL, 1)).isInstanceOf(RegionCorrupt.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = "SPSC", mode = EnumSource.Mode.EXCLUDE)
    void aHeaderWithAnotherAlignmentThanTheKindsIsDamage(RingKind kind) {
        var options = RingOptions.ofCapacity(4096);
        var ring = new TestRing(kind, new RegionDirectory(directory), options);
        Region.create(ring.directory(), "ring", options.alignedTo(8).spec(kind.regionKind()), MemorySeam.DIRECT, areas -> { });
        for (ThrowingCallable side : List.<ThrowingCallable>of(ring::producer, ring::consumer)) {
            assertThatThrownBy(side).isInstanceOf(RegionCorrupt.class).hasMessageContaining("recordAlignment=8")
                .hasMessageContaining("64").hasMessageContaining("create it anew");
        }
    }

    @Test
    void aHeadThatCannotBeIsReportedToTheProducer() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(); var consumer = ring.consumer(spy, ConsumerOptions.STANDARD)) {
            for (int i = 0; i < 7; i++) {
                producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100);
            }
            spy.memory(Area.CONSUMER).putLong(SpscDescriptor.HEAD_OFFSET, 1L << 40);
            assertThatThrownBy(() -> producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100)).isInstanceOf(RegionCorrupt.class)
                .hasMessageContaining("" + (1L << 40));
            assertThat(consumer.poll(READ_ALL, 1)).isEqualTo(1);
        }
    }

    /** Of an MPSC ring: nothing, padding of no length or beyond the end, a claim of that kind, a kind that is none, another lap's mark. */
    @ParameterizedTest
    @ValueSource(longs = {0, 0x4000_0000L, 0x4000_0400L, 0x8000_0000L, 0x1_8000_0010L, 0xc000_0040L, 0x1_0000_0007L, 0x1_0000_00c8L, -2})
    void aWordThatCannotBeIsReportedToTheConsumer(long word) {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(spy); var consumer = ring.consumer()) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            spy.memory(Area.DATA).putLong(64, word);
            assertThat(consumer.poll(READ_ALL, 1)).isEqualTo(1);
            assertThatThrownBy(() -> consumer.poll(READ_ALL, 1)).isInstanceOf(RegionCorrupt.class)
                .hasMessageContaining("position 64").hasMessageContaining("bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x4000_0000L, 0x4000_0400L, 0x8000_0000L, 0x1_8000_0010L})
    void aWordThatCannotBeIsReportedToAProducerThatWalks(long word) {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(spy); var consumer = ring.consumer()) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            spy.memory(Area.DATA).putLong(64, word);
            assertThatThrownBy(() -> producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8)).isInstanceOf(RegionCorrupt.class);
            assertThat(consumer.poll(READ_ALL, 1)).isEqualTo(1);
        }
    }

    /** A head that promises room for ever, and nothing but headers: without an end of its own, a producer would walk round and round. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aProducerDoesNotWalkForEver() {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        try (var producer = ring.producer(spy)) {
            for (int at = 0; at < 1024; at += 64) {
                spy.memory(Area.DATA).putLong(at, MpscDescriptor.padding(64));
            }
            spy.memory(Area.CONSUMER).putLong(MpscDescriptor.HEAD_OFFSET, 1L << 60);
            assertThatThrownBy(() -> producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8)).isInstanceOf(RegionCorrupt.class)
                .hasMessageContaining("lap");
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void randomBytesInsteadOfTheRingAreErrorsOrMessagesButNeverMore(RingKind kind) {
        var random = Seed.random("RingHostileTest " + kind);
        for (int round = 0; round < ROUNDS; round++) {
            var ring = TestRing.create(kind, directory, RingOptions.ofCapacity(1024));
            try (var producer = ring.producer(spy)) {
                producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
                spy.scribble(random, 1024, Area.DATA, Area.PRODUCER);
                attempt(() -> producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8));
                attempt(() -> {
                    try (var consumer = ring.consumer()) {
                        assertThat(consumer.poll(READ_ALL, 10_000)).isBetween(0, 10_000);
                        assertThat(consumer.poll(READ_ALL, 10_000)).isBetween(0, 10_000);
                    }
                });
            }
            attempt(() -> {
                try (var successor = ring.producer()) {
                    successor.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
                }
            });
            ring.remove();
        }
    }

    private static void attempt(Runnable use) {
        try {
            use.run();
        } catch (SlipringException expected) {
            assertThat(expected).isInstanceOf(RegionCorrupt.class);
        }
    }
}

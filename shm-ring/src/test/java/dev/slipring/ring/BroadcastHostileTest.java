package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link RingHostileTest}, of a broadcast ring: data, intent, tail, marks and gates. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BroadcastHostileTest {
    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 5_000) / 20;
    private static final int CAPACITY = 4096;
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[200]);
    private static final List<JoinAt> JOINS = List.of(JoinAt.latest(), JoinAt.oldest(), JoinAt.sequence(3),
        JoinAt.sequence(Long.MAX_VALUE));
    private static final BroadcastHandler READ_ALL = new BroadcastHandler() {
        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            readAll(buffer, offset, length);
        }

        @Override
        public void onGap(long first, long last) {
            assertThat(last).isGreaterThanOrEqualTo(first);
        }
    };

    @TempDir
    private Path directory;
    private final Map<Area, Memory> words = new EnumMap<>(Area.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 63, 4096 + 60, Long.MIN_VALUE, -64, Long.MAX_VALUE})
    void anIntentThatCannotBeIsReported(long intent) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        try (var producer = ring.producer(spy(Area.DATA, Area.PRODUCER)); var reader = ring.reader(JoinAt.latest())) {
            producer.offer(1, BYTES, 0, 8);
            memory(Area.PRODUCER).putLong(BroadcastDescriptor.INTENT_OFFSET, intent);
            for (var where : JOINS.subList(0, 2)) {
                assertThatThrownBy(() -> ring.reader(where)).isInstanceOf(RegionCorrupt.class).hasMessageContaining("" + intent);
                assertThatThrownBy(() -> ring.subscriber(where)).isInstanceOf(RegionCorrupt.class);
            }
            if (intent < 0 || intent > CAPACITY) {
                assertThatThrownBy(() -> reader.poll(READ_ALL, 1)).isInstanceOf(RegionCorrupt.class);
            }
        }
        assertThatThrownBy(ring::producer).isInstanceOf(RegionCorrupt.class).hasMessageContaining("intent");
    }

    /** No zero header, no mark, sequences that never end: there is nothing at which a walk would stop by itself. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aRingWithoutAnEndHasOneForWhoeverReadsIt(long sequence) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var producer = ring.producer(spy(Area.DATA, Area.PRODUCER));
        for (int offset = 0; offset < CAPACITY; offset += BroadcastDescriptor.ALIGNMENT) {
            memory(Area.DATA).putLong(offset, RecordDescriptor.header(64, 1));
            memory(Area.DATA).putLong(offset + BroadcastDescriptor.SEQUENCE_OFFSET, sequence);
        }
        for (long intent : new long[] {CAPACITY, 1L << 40, Long.MAX_VALUE / 64 * 64}) {
            memory(Area.PRODUCER).putLong(BroadcastDescriptor.INTENT_OFFSET, intent);
            memory(Area.PRODUCER).putLong(BroadcastDescriptor.TAIL_OFFSET, Long.MAX_VALUE);
            for (var where : JOINS) {
                look(() -> ring.reader(where));
                look(() -> ring.subscriber(where));
            }
        }
        memory(Area.PRODUCER).putLong(BroadcastDescriptor.TAIL_OFFSET, 0);
        producer.close();
        assertThatThrownBy(ring::producer).isInstanceOf(RegionCorrupt.class);
    }

    @Test
    void randomWordsInsteadOfTheRingAreErrorsOrMessagesButNeverMore() {
        var random = Seed.random("BroadcastHostileTest");
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
            try (var producer = ring.producer(spy(Area.DATA, Area.PRODUCER)); var reader = ring.reader(JoinAt.latest());
                 var subscriber = ring.subscriber(spy(Area.CONSUMER), JoinAt.latest())) {
                for (int i = random.nextInt(100); i > 0; i--) {
                    producer.offer(1, BYTES, 0, random.nextInt(BYTES.capacity()));
                    subscriber.poll(READ_ALL, 1);
                }
                scribble(random);
                read += look(() -> reader) + look(() -> subscriber) + look(() -> ring.reader(JOINS.get(random.nextInt(4))))
                    + look(() -> ring.subscriber(JOINS.get(random.nextInt(4))));
                for (int i = 0; i < 10; i++) {
                    producer.offer(1, BYTES, 0, random.nextInt(BYTES.capacity()));
                }
            }
            try (var successor = ring.producer()) {
                successor.offer(1, BYTES, 0, 8);
            } catch (RegionCorrupt expected) {
                assertThat(expected).hasMessageContaining("ring");
            }
            ring.remove();
        }
        assertThat(read).as("some nonsense is harmless").isPositive();
    }

    private void scribble(SplittableRandom random) {
        for (int i = random.nextInt(20); i > 0; i--) {
            var area = List.of(Area.DATA, Area.PRODUCER, Area.CONSUMER).get(random.nextInt(3));
            int offset = switch (random.nextInt(3)) {
                case 0 -> random.nextInt(3) * 64;
                case 1 -> BroadcastDescriptor.markOffset(random.nextInt(64));
                default -> random.nextInt(CAPACITY / 8) * 8;
            };
            memory(area).putLong(area == Area.PRODUCER ? offset % 1536 : offset, switch (random.nextInt(4)) {
                case 0 -> random.nextLong();
                case 1 -> random.nextInt(-100, 300) * 64L + random.nextInt(2);
                case 2 -> random.nextInt(-100, 10_000);
                default -> RecordDescriptor.header(random.nextInt(-2, 700), random.nextInt(-2, 3));
            });
        }
    }

    /** Reads by copy and in place; returns how many messages there were. */
    private static int look(Supplier<BroadcastReader> readers) {
        try (var reader = readers.get()) {
            int count = Math.max(reader.poll(READ_ALL, 1000), 0);
            for (int i = 0; i < 1000 && reader.receiveNext(); i++) {
                readAll(reader.buffer(), reader.offset(), reader.length());
                count += reader.validate() ? 1 : 0;
            }
            return count;
        } catch (RegionCorrupt expected) {
            assertThat(expected).hasMessageContaining("ring");
            return 0;
        }
    }

    private static void readAll(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        for (int i = 0; i < length; i++) {
            buffer.getByte(offset + i);
        }
    }

    private MemorySeam spy(Area... wanted) {
        return (area, mapped) -> {
            if (List.of(wanted).contains(area)) {
                words.put(area, mapped);
            }
            return mapped;
        };
    }

    private Memory memory(Area area) {
        return Objects.requireNonNull(words.get(area));
    }
}

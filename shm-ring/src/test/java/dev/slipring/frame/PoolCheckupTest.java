package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionKind;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a damaged pool: which word cannot be, and all the rest as it is. Of a sound one, however busy, nothing. */
class PoolCheckupTest {
    private static final int FRAMES = 6;
    private static final int PUBLISHED = 9;
    private static final int CONSUMER = 1;
    private static final int LOOKS = 300;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private final Map<Area, Memory> words = new EnumMap<>(Area.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "published           | -1         | -1 frames are published, expected 0 or more",
        "entry               | 6          | the entry of sequence 8 is 0x6, expected a frame of 0…5 and a generation of 31 bits",
        "entry               | -1         | the entry of sequence 8 is 0xffffffffffffffff, expected a frame of 0…5 and a generation",
        "entry               | 17592186044416 | the entry of sequence 8 is 0x100000000000, expected a frame of 0…5 and a generation",
        "entry               | 2562       | the entry of sequence 8 is frame 2 in generation 10, which comes after the frame's own, 2",
        "frame word          | 0          | the entry of sequence 8 is frame 2 in generation 2, which comes after the frame's own, 0",
        "lease bit           | 7          | frame 2 is leased by slot 7, which is no consumer's",
        "lease bit           | 0          | frame 2 is leased by slot 0, which is no consumer's",
        "lease bit beyond    | 1          | frame 200 is leased by slot 1, expected frames of 0…5",
        "descriptor sequence | 7          | the descriptor of frame 2 says sequence 7, expected 8",
        "descriptor bytes    | 0          | the descriptor of frame 2 says 0 bytes, expected 1…192",
        "descriptor bytes    | 193        | the descriptor of frame 2 says 193 bytes, expected 1…192",
        "descriptor planes   | 5          | the descriptor of frame 2 says 5 planes, expected 1…4",
        "descriptor width    | 0          | the descriptor of frame 2 says size 0x8 is outside 1x1…32768x32768",
        "plane's offset      | 200        | the descriptor of frame 2 says",
        "policy              | 3          | the policy of the consumer in slot 1 is 3, expected 0…2",
        "policy              | -1         | the policy of the consumer in slot 1 is -1, expected 0…2",
        "queue               | 255        | the queue of the consumer in slot 1 is 255, expected 1…254",
        "most leases         | 0          | the most leases of the consumer in slot 1 is 0, expected 1…48",
        "cursor              | 10         | the cursor of the consumer in slot 1 is 10, expected 0…9",
        "cursor              | -1         | the cursor of the consumer in slot 1 is -1, expected 0…9",
        "lease               | 7          | the frame of lease 0 of the consumer in slot 1 is 6, expected -1…5"})
    void aWordThatCannotBeIsSaidToBeOne(String word, long value, String fault) {
        var pool = TestPool.create(directory, FRAMES);
        try (var producer = pool.producer(spy()); var consumer = pool.consumer(spy(), ConsumerPolicy.every(2)); var lease = new Lease()) {
            publish(producer, PUBLISHED);
            assertThat(consumer.latest(lease)).isEqualTo(Delivery.FRAME);
            var sound = pool.status();
            assertThat(sound.faults()).isEmpty();
            store(word, value);
            var status = pool.status();
            assertThat(status.faults()).anySatisfy(each -> assertThat(each).startsWith(fault.strip()));
            assertThat(status.producer()).as("the rest is told of as before").isEqualTo(sound.producer());
            assertThat(status.consumers()).extracting(Viewer::who).containsExactly(sound.consumers().getFirst().who());
        }
    }

    /** At each moment of a look: the frames are lent anew, all entries go by, a consumer leaves, and another has its slot and a frame. */
    @ParameterizedTest
    @ValueSource(strings = {"7 frames", "300 frames", "leaves", "leaves, comes"})
    void whatHappensDuringALookIsNoDamage(String events) {
        var pool = TestPool.create(directory, FRAMES);
        try (var producer = pool.producer()) {
            publish(producer, PUBLISHED);
            boolean reached = true;
            for (int moment = 0; reached; moment++) {
                var viewers = new ArrayDeque<FrameConsumer>(List.of(viewer(pool)));
                var meanwhile = new Meanwhile(moment, Stream.of(events.split(", ", -1)).map(each -> event(each, pool, producer, viewers)));
                try (var region = Region.watch(TestPool.NAME, RegionKind.FRAME_POOL, pool.attachment("nobody").through(meanwhile))) {
                    var checkup = new PoolCheckup(new Pool(region));
                    meanwhile.armed = true;
                    assertThat(checkup.faults()).as("moment %s", moment).isEmpty();
                }
                reached = meanwhile.events.isEmpty();
                viewers.forEach(FrameConsumer::close);
            }
        }
    }

    private static FrameConsumer viewer(TestPool pool) {
        var viewer = pool.consumer(ConsumerPolicy.latest());
        assertThat(viewer.next(new Lease())).isEqualTo(Delivery.FRAME);
        return viewer;
    }

    private static Runnable event(String event, TestPool pool, FrameProducer producer, Deque<FrameConsumer> viewers) {
        return switch (event) {
            case "leaves" -> () -> viewers.remove().close();
            case "comes" -> () -> viewers.add(viewer(pool));
            default -> () -> publish(producer, Integer.parseInt(event.split(" ", -1)[0]));
        };
    }

    private static void publish(FrameProducer producer, int frames) {
        for (int i = 0; i < frames; i++) {
            Picture.publish(producer, TestPool.SMALL);
        }
    }

    /** Lets things happen before one access after the other, from a certain one on. */
    private static final class Meanwhile implements MemorySeam {
        private final Deque<Runnable> events;
        private int skip;
        private boolean armed;

        Meanwhile(int moment, Stream<Runnable> events) {
            skip = moment;
            this.events = events.collect(Collectors.toCollection(ArrayDeque::new));
        }

        @Override
        public Memory wrap(Area area, Memory mapped) {
            return new ForwardingMemory(mapped) {
                @Override
                protected void beforeAccess() {
                    if (armed && skip-- <= 0 && !events.isEmpty()) {
                        events.remove().run();
                    }
                }
            };
        }
    }

    @Test
    void aBusyPoolIsSound() throws InterruptedException {
        var pool = TestPool.create(directory, FRAMES);
        var over = new AtomicBoolean();
        var producing = new Thread(() -> {
            try (var producer = pool.producer()) {
                while (!over.get()) {
                    Picture.publish(producer, TestPool.SMALL);
                }
            }
        });
        var consuming = new Thread(() -> {
            while (!over.get()) {
                try (var consumer = pool.consumer(ConsumerPolicy.every(2)); var lease = new Lease()) {
                    for (int i = 0; i < 100; i++) {
                        consumer.next(lease);
                        lease.close();
                    }
                    consumer.next(lease);
                }
            }
        });
        producing.start();
        consuming.start();
        try {
            for (int look = 0; look < LOOKS; look++) {
                assertThat(pool.status().faults()).isEmpty();
            }
        } finally {
            over.set(true);
            producing.join(TimeUnit.SECONDS.toMillis(60));
            consuming.join(TimeUnit.SECONDS.toMillis(60));
        }
        assertThat(pool.status().published()).as("much went on").isGreaterThan(PoolDescriptor.MAX_FRAMES);
    }

    private MemorySeam spy() {
        return (area, memory) -> {
            words.merge(area, memory, (first, other) -> first);
            return memory;
        };
    }

    private void store(String word, long value) {
        var producer = memory(Area.PRODUCER);
        var consumer = memory(Area.CONSUMER);
        var descriptors = memory(Area.DATA);
        int frame = PoolDescriptor.entryFrame(producer.getLong(PoolDescriptor.entryOffset(PUBLISHED - 1)));
        int frameWord = PoolDescriptor.wordOffset(frame);
        int descriptor = FrameDescriptor.offset(frame);
        int seat = PoolDescriptor.seatOffset(CONSUMER);
        switch (word) {
            case "published" -> producer.putLong(PoolDescriptor.PUBLISHED_OFFSET, value);
            case "entry" -> producer.putLong(PoolDescriptor.entryOffset(PUBLISHED - 1), value);
            case "frame word" -> consumer.putLong(frameWord, value);
            case "lease bit" -> consumer.putLong(frameWord, consumer.getLong(frameWord) | PoolDescriptor.leaseBit((int) value));
            case "lease bit beyond" -> consumer.putLong(PoolDescriptor.wordOffset(200), PoolDescriptor.leaseBit((int) value));
            case "descriptor sequence" -> descriptors.putLong(descriptor + FrameDescriptor.SEQUENCE, value);
            case "descriptor bytes" -> descriptors.putInt(descriptor + FrameDescriptor.BYTES, (int) value);
            case "descriptor planes" -> descriptors.putInt(descriptor + 44, (int) value);
            case "descriptor width" -> descriptors.putInt(descriptor + 36, (int) value);
            case "plane's offset" -> descriptors.putInt(descriptor + 128, (int) value);
            case "policy" -> consumer.putInt(seat + PoolDescriptor.SEAT_POLICY, (int) value);
            case "queue" -> consumer.putInt(seat + PoolDescriptor.SEAT_QUEUED, (int) value);
            case "most leases" -> consumer.putInt(seat + PoolDescriptor.SEAT_MAX_LEASES, (int) value);
            case "cursor" -> consumer.putLong(seat + PoolDescriptor.SEAT_CURSOR, value);
            case "lease" -> consumer.putLong(PoolDescriptor.leaseOffset(CONSUMER, 0), value);
            default -> throw new IllegalArgumentException(word);
        }
    }

    private Memory memory(Area area) {
        return Objects.requireNonNull(words.get(area));
    }
}

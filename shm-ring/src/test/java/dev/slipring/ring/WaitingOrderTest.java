package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Spinning;
import dev.slipring.core.WaitSet;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Of who publishes and who goes to sleep, each stores, passes a fence, and then looks; and each order taken away once. */
@ParameterizedClass
@EnumSource(RingKind.class)
class WaitingOrderTest {
    private static final int CONSUMERS_SEQ = 0;
    private static final int CONSUMERS_FLAG = 4;
    private static final int PRODUCERS_SEQ = 128;
    private static final int PRODUCERS_FLAG = 132;
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final RingKind kind;

    @TempDir
    private Path directory;

    WaitingOrderTest(RingKind kind) {
        this.kind = kind;
    }

    @Test
    void whoPublishesLooksAfterwardsWhetherSomebodySleeps() {
        requireWakerOrder(Recording.Weakening.NONE);
    }

    @Test
    void whoGoesToSleepLooksOnceMoreAfterwards() throws InterruptedException {
        requireSleeperOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWakerWithoutItsFenceIsNoticed() {
        assertThatThrownBy(() -> requireWakerOrder(weaker("lightFence", ""))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"heavyFence, ''", "getIntAcquire, getInt"})
    void aWeakerSleeperIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireSleeperOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoGoesToSleepOnManyLooksOnceMoreAfterwards() throws InterruptedException {
        requireSetOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"heavyFence, ''", "getIntAcquire, getInt"})
    void aWeakerSleeperOnManyIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireSetOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aRingWithoutParkingTouchesNoWaiterWordAndPassesNoFence() throws InterruptedException {
        var ring = TestRing.create(kind, directory, RingOptions.ofCapacity(4096));
        var recording = new Recording();
        try (var producer = ring.producer(recording.seam()); var consumer = ring.consumer(recording.seam(), ConsumerOptions.STANDARD)) {
            producer.offer(1, BYTES, 0, 8);
            consumer.poll(IGNORE, 10, TIMEOUT_NS);
            consumer.poll(IGNORE, 10, TIMEOUT_NS);
        }
        assertThat(recording.accesses()).isNotEmpty().noneMatch(access -> access.area() == Area.WAITERS);
        if (RingKind.QUEUES.contains(kind)) { // the others have a use for it
            assertThat(recording.accesses()).noneMatch(access -> access.call().matches("(full|light|heavy)Fence"));
        }
    }

    @Test
    void aSetThatCannotSleepOnAllOfItsSourcesRaisesNoFlag() throws InterruptedException {
        var ring = create();
        kind.create(ring.directory(), "other", RingOptions.ofCapacity(4096));
        var recording = new Recording();
        var set = new WaitSet<RingConsumer>(Spinning.NONE);
        try (var consumer = ring.consumer(recording.seam(), ConsumerOptions.STANDARD);
            var other = kind.consumer("other", Attachment.standard().in(ring.directory()), ConsumerOptions.STANDARD)) {
            set.add(consumer);
            set.add(other);
            recording.clear();
            assertThat(set.next(TIMEOUT_NS)).isNull();
            assertThat(recording.accesses()).isNotEmpty().noneMatch(access -> access.storesTo(Area.WAITERS, CONSUMERS_FLAG));
        }
    }

    @Test
    void aSetThatIsForbiddenToFenceOthersRaisesItsFlagsOnce() throws InterruptedException {
        var ring = create();
        var recording = new Recording();
        MemorySeam forbidden = (area, memory) -> recording.seam().wrap(area, new ForwardingMemory(memory) {
            @Override
            public boolean heavyFence() {
                return false;
            }
        });
        var set = new WaitSet<RingConsumer>(Spinning.NONE);
        try (var consumer = ring.consumer(forbidden, ConsumerOptions.STANDARD)) {
            set.add(consumer);
            assertThat(set.next(TIMEOUT_NS)).isNull();
            assertThat(set.next(TIMEOUT_NS)).isNull();
            assertThat(recording.accesses().stream().filter(access -> access.storesTo(Area.WAITERS, CONSUMERS_FLAG))).hasSize(1);
        }
    }

    private static Recording.Weakening weaker(String call, String instead) {
        return (area, asked) -> area == Area.WAITERS && asked.equals(call) ? instead : asked;
    }

    private void requireWakerOrder(Recording.Weakening weakening) {
        var ring = create();
        var recording = new Recording();
        try (var consumer = ring.consumer(recording.seam(weakening), ConsumerOptions.STANDARD);
            var producer = ring.producer(recording.seam(weakening))) {
            Predicate<Access> looksForConsumers = access -> access.loads(Area.WAITERS, CONSUMERS_FLAG);
            recording.clear();
            producer.offer(1, BYTES, 0, 8);
            recording.requireOrder("the message before the look", access -> access.storesTo(Area.DATA, 0), looksForConsumers);
            recording.clear();
            try (var batch = producer.batch()) {
                batch.offer(1, BYTES, 0, 8);
                batch.publish();
            }
            recording.requireOrder("the batch before the look", access -> access.storesTo(Area.DATA, 64), looksForConsumers);
            fill(producer);
            recording.clear();
            consumer.poll(IGNORE, 100);
            if (kind.holdsItsProducerUp()) {
                recording.requireOrder("the room before the look", access -> access.storesTo(Area.CONSUMER, roomOffset(0)),
                    access -> access.loads(Area.WAITERS, PRODUCERS_FLAG));
            }
            recording.clear();
            producer.seal();
            recording.requireOrder("the seal before the look", access -> access.isStore() && access.area() == Area.DATA, looksForConsumers);
        } finally {
            ring.remove();
        }
    }

    private void requireSleeperOrder(Recording.Weakening weakening) throws InterruptedException {
        var ring = create();
        var recording = new Recording();
        var sleepy = Attachment.standard().in(ring.directory()).with(Spinning.NONE).through(recording.seam(weakening));
        try (var producer = kind.producer("ring", sleepy); var consumer = kind.consumer("ring", sleepy, ConsumerOptions.STANDARD)) {
            recording.clear();
            consumer.poll(IGNORE, 1, TIMEOUT_NS);
            recording.requireOrder("seq before the flag", access -> access.loads(Area.WAITERS, CONSUMERS_SEQ),
                access -> access.storesTo(Area.WAITERS, CONSUMERS_FLAG));
            recording.requireOrder("the flag before the look", access -> access.storesTo(Area.WAITERS, CONSUMERS_FLAG),
                access -> access.loads(Area.DATA, 0));
            fill(producer);
            recording.clear();
            producer.offer(1, BYTES, 0, 100, TIMEOUT_NS);
            if (kind.holdsItsProducerUp()) {
                recording.requireOrder("seq before the flag", access -> access.loads(Area.WAITERS, PRODUCERS_SEQ),
                    access -> access.storesTo(Area.WAITERS, PRODUCERS_FLAG));
                recording.requireOrder("the flag before the look", access -> access.storesTo(Area.WAITERS, PRODUCERS_FLAG),
                    access -> access.loads(Area.CONSUMER, roomOffset(1)));
            }
        } finally {
            ring.remove();
        }
    }

    private void requireSetOrder(Recording.Weakening weakening) throws InterruptedException {
        var ring = create();
        kind.create(ring.directory(), "other", RingOptions.ofCapacity(4096).withParking());
        var recording = new Recording();
        var set = new WaitSet<RingConsumer>(Spinning.NONE);
        try (var consumer = ring.consumer(recording.seam(weakening), ConsumerOptions.STANDARD);
            var other = kind.consumer("other", Attachment.standard().in(ring.directory()), ConsumerOptions.STANDARD)) {
            set.add(consumer);
            set.add(other);
            recording.clear();
            assertThat(set.next(TIMEOUT_NS)).isNull();
            recording.requireOrder("seq before the flag", access -> access.loads(Area.WAITERS, CONSUMERS_SEQ),
                access -> access.storesTo(Area.WAITERS, CONSUMERS_FLAG));
            recording.requireOrder("the flag before the look", access -> access.storesTo(Area.WAITERS, CONSUMERS_FLAG),
                access -> access.loads(Area.DATA, 0));
        } finally {
            ring.remove();
            SpscRing.remove(ring.directory(), "other");
        }
    }

    /** Where the consumer in this slot says how far it has read: head, or its gate. */
    private int roomOffset(int slot) {
        return kind == RingKind.SUBSCRIBER ? BroadcastDescriptor.gateOffset(slot) : 0;
    }

    private void fill(RingProducer producer) {
        while (kind.holdsItsProducerUp() && producer.offer(1, BYTES, 0, 100) > 0) {
            assertThat(producer.position()).isPositive();
        }
    }

    private TestRing create() {
        return TestRing.create(kind, directory, RingOptions.ofCapacity(4096).withParking());
    }
}

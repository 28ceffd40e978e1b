package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.Closing;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.fault.ProcessDied;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interleavings that a broadcast ring was made for, and those that a first draft got wrong. */
class BroadcastInterleavingTest {
    private static final int CAPACITY = 4096;
    private static final int RECORDS = CAPACITY / BroadcastDescriptor.ALIGNMENT;

    @TempDir
    private Path directory;
    private TestBroadcast ring;
    private long sent;

    @BeforeEach
    void createRing() {
        ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
    }

    /** The tail is older than the mark that the reader begins at. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whoJoinsAtTheLatestWhileMoreIsPublishedMissesNothingBehindWhereItBegins(int access) {
        try (var producer = ring.producer()) {
            offer(producer, 5);
            var meanwhile = Interjection.once(Area.PRODUCER, "getLongAcquire", () -> offer(producer, 3));
            meanwhile.arm(access);
            try (var reader = ring.reader(meanwhile.over(MemorySeam.DIRECT), JoinAt.latest())) {
                assertThat(meanwhile.isOver()).isTrue();
                assertThat(reader.sequence()).isBetween(5L, 8L);
                var log = new BroadcastLog(reader);
                offer(producer, 1);
                poll(reader, log);
                assertThat(log.lost()).isZero();
                assertThat(log.next()).isEqualTo(sent);
            }
        }
    }

    /** A closed region reads as one without gates while its data may still be in reach: what is stored then has nobody's permission. */
    @Test
    void whoIsClosedWhileItLooksAtTheGatesStoresNothingMore() {
        var closing = new Closing(Area.CONSUMER, "getLongAcquire");
        try (var producer = ring.producer(closing.over(MemorySeam.DIRECT)); var subscriber = ring.subscriber(JoinAt.latest())) {
            var message = new UnsafeBuffer(new byte[8]);
            while (producer.offer(1, message, 0, 8) > 0) {
                assertThat(subscriber.sequence()).as("reads nothing, and so holds the producer up").isZero();
            }
            closing.arm(producer::close);
            assertThatThrownBy(() -> producer.offer(1, message, 0, 8)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
            assertThat(closing.isOver()).isTrue();
            assertThat(closing.stored()).isEmpty();
        }
    }

    @Test
    void whoJoinsFarBehindAMarkFindsItsMessage() {
        ring.remove();
        ring = TestBroadcast.create(directory, RingOptions.ofCapacity(1 << 24)); // 4096 short records between two marks
        try (var producer = ring.producer()) {
            offer(producer, 3600);
        }
        try (var reader = ring.reader(JoinAt.sequence(3500))) {
            var log = new BroadcastLog(reader);
            assertThat(reader.poll(log, 1000)).isEqualTo(100);
            assertThat(log.lost()).isZero();
            assertThat(reader.poll(log, 1000)).isEqualTo(RingConsumer.CLOSED);
        }
    }

    /** A producer dies in the middle of a record that it has announced; its successor must not call valid what that one destroyed. */
    @Test
    void aSuccessorDoesNotReviveWhatTheOneBeforeHasDestroyed() {
        assertThat(readAfterASuccessorOf(MemorySeam.DIRECT).lost()).isPositive();
    }

    @Test
    void aSuccessorThatLoweredTheIntentWouldReviveIt() {
        MemorySeam forgetful = (area, memory) -> area != Area.PRODUCER ? memory : new ForwardingMemory(memory) {
            @Override
            public void putLongOpaque(int offset, long intent) {
                super.putLongOpaque(offset, intent - 8 * BroadcastDescriptor.ALIGNMENT);
            }
        };
        assertThatThrownBy(() -> readAfterASuccessorOf(forgetful)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("found type");
    }

    private BroadcastLog readAfterASuccessorOf(MemorySeam successorsSeam) {
        var process = new FaultyProcess();
        var dying = ring.producer(process.seam());
        offer(dying, RECORDS - 1);
        try (var reader = ring.reader(JoinAt.oldest())) {
            var log = new BroadcastLog(reader);
            assertThat(reader.poll(log, 1)).isEqualTo(1);
            process.dieAfter(20); // at the start of the next lap, with a payload that looks like headers over messages 1 and 2
            var announced = new Message(sent, 300);
            assertThatThrownBy(() -> dying.offer(1, announced.bytes(), 0, announced.length())).isInstanceOf(ProcessDied.class);
            assertThatThrownBy(dying::close).isInstanceOf(ProcessDied.class);
            try (var successor = ring.producer(successorsSeam)) {
                assertThat(successor.sequence()).isEqualTo(sent);
                poll(reader, log);
            }
            return log;
        }
    }

    /** The producer goes on between the moment a subscriber has chosen where to begin and the moment its gate stands. */
    @ParameterizedTest
    @ValueSource(strings = {"putLongRelease", "fullFence"})
    void aSubscriberThatJoinsAtTheLimitLosesNothing(String before) {
        try (var producer = ring.producer()) {
            offer(producer, RECORDS + 7);
            var meanwhile = Interjection.once(Area.CONSUMER, before, () -> offerUpTo(producer, 20));
            meanwhile.arm();
            try (var subscriber = ring.subscriber(meanwhile.over(MemorySeam.DIRECT), JoinAt.oldest())) {
                assertThat(meanwhile.isOver()).isTrue();
                requireGated(producer, subscriber);
            }
        }
    }

    /** A subscriber joins while the producer has announced how far it goes, and has not looked at the gates; or has looked already. */
    @ParameterizedTest
    @ValueSource(strings = {"putLongOpaque", "fullFence", "putLong", "putLongRelease"})
    void aSubscriberThatJoinsWhileTheProducerAsksForRoomLosesNothing(String before) {
        BroadcastReader[] joined = {null};
        var area = before.equals("putLong") ? Area.DATA : Area.PRODUCER;
        var meanwhile = Interjection.once(area, before, () -> joined[0] = ring.subscriber(JoinAt.oldest()));
        try (var producer = ring.producer(meanwhile.over(MemorySeam.DIRECT))) {
            offer(producer, RECORDS + 7);
            meanwhile.arm();
            offerUpTo(producer, 1);
            assertThat(meanwhile.isOver()).isTrue();
            requireGated(producer, joined[0]);
            joined[0].close();
        }
    }

    /** A subscriber is slow to set its gate, and then dies; another one's gate, older than the ring, was in that slot. */
    @Test
    void aSubscriberThatDiesBeforeItsGateHoldsNobodyUp() {
        try (var producer = ring.producer()) {
            offer(producer, 10);
            ring.subscriber(JoinAt.oldest()).close();
            offer(producer, 3 * RECORDS);
            var process = new FaultyProcess();
            var death = Interjection.once(Area.CONSUMER, "putLongRelease", () -> {
                offer(producer, 3 * RECORDS);
                process.kill();
            });
            death.arm();
            assertThatThrownBy(() -> ring.subscriber(death.over(process.seam()), JoinAt.latest())).isInstanceOf(ProcessDied.class);
            offer(producer, 3 * RECORDS);
        }
    }

    /** It gets the slot of a subscriber whose gate is older than the ring, while the producer looks at the gates. */
    @Test
    void aReaderThatOnlySleepsHoldsNobodyUp() {
        BroadcastReader[] joined = {null};
        var meanwhile = Interjection.once(Area.PARTICIPANTS, "getIntAcquire", () -> joined[0] = ring.parkingReader(JoinAt.latest()));
        var before = ring.subscriber(JoinAt.oldest());
        try (var _ = ring.parkingReader(JoinAt.latest()); var producer = ring.producer(meanwhile.over(MemorySeam.DIRECT))) {
            offer(producer, 10);
            before.close();
            offer(producer, 3 * RECORDS);
            meanwhile.arm();
            offer(producer, 3 * RECORDS);
            assertThat(meanwhile.isOver()).isTrue();
            var log = new BroadcastLog(joined[0]);
            offer(producer, RECORDS / 2);
            poll(joined[0], log);
            assertThat(log.next()).isEqualTo(sent);
            joined[0].close();
        }
    }

    /** From here on the producer waits, and the subscriber gets everything, whole. */
    private void requireGated(RingProducer producer, BroadcastReader subscriber) {
        var log = new BroadcastLog(subscriber);
        for (int round = 0; round < 5; round++) {
            offerUpTo(producer, 2 * RECORDS);
            poll(subscriber, log);
            assertThat(log.next()).isEqualTo(sent);
        }
        assertThat(log.lost()).isZero();
        assertThat(log.delivered()).isGreaterThan(2L * RECORDS);
    }

    private static void poll(BroadcastReader reader, BroadcastLog log) {
        while (reader.poll(log, 10) > 0) {
            assertThat(log.next()).isEqualTo(reader.sequence());
        }
    }

    private void offer(RingProducer producer, int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(offerOne(producer)).isPositive();
        }
    }

    private void offerUpTo(RingProducer producer, int messages) {
        for (int i = 0; i < messages && offerOne(producer) > 0; i++) {
            assertThat(producer.sequence()).isEqualTo(sent);
        }
    }

    private long offerOne(RingProducer producer) {
        var message = new Message(sent, 40);
        long result = producer.offer(message.type(), message.bytes(), 0, message.length());
        if (result > 0) {
            sent++;
        }
        return result;
    }
}

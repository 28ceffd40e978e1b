package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.WaitSet;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link WaitingTest}, of readers that the producer does not wait for; alone, and beside other rings in a {@link WaitSet}. */
@ParameterizedClass
@EnumSource(BroadcastWaitingTest.Way.class)
class BroadcastWaitingTest {
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Way way;

    @TempDir
    private Path directory;
    private TestBroadcast ring;
    private RingProducer producer;
    private BroadcastReader reader;
    private BroadcastLog log;

    /** How to read along. */
    enum Way {
        WATCHING {
            @Override
            BroadcastReader join(TestBroadcast ring) {
                return ring.reader(JoinAt.latest());
            }
        },
        PARKING {
            @Override
            BroadcastReader join(TestBroadcast ring) {
                return ring.parkingReader(JoinAt.latest());
            }
        };

        abstract BroadcastReader join(TestBroadcast ring);
    }

    BroadcastWaitingTest(Way way) {
        this.way = way;
    }

    @BeforeEach
    void attach() {
        ring = TestBroadcast.create(directory, RingOptions.ofCapacity(4096).withParking());
        producer = ring.producer();
        reader = way.join(ring);
        log = new BroadcastLog(reader);
    }

    @AfterEach
    void close() {
        producer.close();
        reader.close();
    }

    @Test
    void whoRegistersSleepsAndWhoWatchesNaps() {
        assertThat(reader.doorbell() != null).isEqualTo(way == Way.PARKING);
    }

    @Test
    void aMessageAndABatchEndTheWait() throws Exception {
        var waiting = new Waiting<>(() -> reader.receive(log, 10));
        waiting.awaitAsleep();
        send(0);
        assertThat(waiting.outcome()).isEqualTo(1);
        var again = new Waiting<>(() -> reader.poll(log, 10, FOR_EVER));
        again.awaitAsleep();
        try (var batch = producer.batch()) {
            for (int number = 1; number < 3; number++) {
                batch.offer(number, new Message(number, 8).bytes(), 0, 8);
            }
            batch.publish();
        }
        assertThat(again.outcome()).isEqualTo(2);
    }

    @Test
    void theEndsEndTheWait() throws Exception {
        var waiting = new Waiting<>(() -> reader.receive(log, 10));
        waiting.awaitAsleep();
        producer.close();
        assertThat(waiting.outcome()).isEqualTo(RingConsumer.CLOSED);
        producer = ring.producer();
        var sealed = new Waiting<>(() -> reader.receive(log, 10));
        sealed.awaitAsleep();
        producer.seal();
        assertThat(sealed.outcome()).isEqualTo(RingConsumer.END_OF_STREAM);
    }

    @Test
    void timeAnInterruptAndTheHandlesCloseEndTheWait() throws Exception {
        long timeoutNs = TimeUnit.MILLISECONDS.toNanos(60);
        long start = System.nanoTime();
        assertThat(reader.poll(log, 1, timeoutNs)).isEqualTo(RingConsumer.EMPTY);
        assertThat(reader.poll(log, 1, timeoutNs, new SleepingMillisIdleStrategy(1))).isEqualTo(RingConsumer.EMPTY);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * timeoutNs);
        var interrupted = new Waiting<>(() -> reader.receive(log, 1));
        interrupted.awaitAsleep();
        interrupted.interrupt();
        assertThatThrownBy(interrupted::outcome).isInstanceOf(InterruptedException.class);
        var closed = new Waiting<>(() -> reader.receive(log, 1));
        closed.awaitAsleep();
        reader.close();
        assertThatThrownBy(closed::outcome).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }

    /** A producer that nobody holds up never waits, also when a reader sleeps and is a lap behind. */
    @Test
    void whoIsOvertakenInItsSleepIsToldWhatItLost() throws Exception {
        for (int number = 0; number < 200; number++) {
            send(number);
        }
        assertThat(reader.receive(log, 1)).isEqualTo(1);
        assertThat(log.lost()).isPositive();
        while (reader.poll(log, 10, 0) > 0) {
            assertThat(log.next()).isEqualTo(reader.sequence());
        }
        assertThat(log.next()).isEqualTo(200);
    }

    @Test
    void oneOfManySourcesIsABroadcastRing() throws Exception {
        var meeting = new RegionDirectory(directory);
        var attachment = Attachment.standard().in(meeting);
        SpscRing.create(meeting, "other", RingOptions.ofCapacity(1024).withParking());
        var set = new WaitSet<>();
        try (var other = SpscRing.producer("other", attachment);
            var queue = SpscRing.consumer("other", attachment, ConsumerOptions.STANDARD)) {
            set.add(reader);
            set.add(queue);
            var waiting = new Waiting<>(() -> set.next(FOR_EVER));
            waiting.awaitAsleep();
            send(0);
            assertThat(waiting.outcome()).isSameAs(reader);
            assertThat(reader.poll(log, 1)).isEqualTo(1);
            assertThat(set.next(0)).as("taken").isNull();
            other.offer(1, BYTES, 0, 8);
            send(1);
            assertThat(set.next(FOR_EVER)).isSameAs(queue);
            assertThat(set.next(FOR_EVER)).as("in turn").isSameAs(reader);
            queue.poll((type, buffer, offset, length) -> { }, 1);
            assertThat(reader.poll(log, 1)).isEqualTo(1);
            var end = new Waiting<>(() -> set.next(FOR_EVER));
            end.awaitAsleep();
            producer.seal();
            assertThat(end.outcome()).isSameAs(reader);
        }
    }

    private void send(int number) {
        var message = new Message(number, 8);
        assertThat(producer.offer(message.type(), message.bytes(), 0, 8)).isPositive();
    }
}

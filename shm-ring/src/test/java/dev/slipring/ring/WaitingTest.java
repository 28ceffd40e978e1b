package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Waiting for a message, for room, for an end: what ends it, and what it says then. With parking and without. */
@ParameterizedClass
@CsvSource({"SPSC, true", "SPSC, false", "MPSC, true", "MPSC, false", "SUBSCRIBER, true", "SUBSCRIBER, false"})
class WaitingTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final RingKind kind;
    private final boolean parking;

    @TempDir
    private Path directory;
    private TestRing ring;
    private RingProducer producer;
    private RingConsumer consumer;

    WaitingTest(RingKind kind, boolean parking) {
        this.kind = kind;
        this.parking = parking;
    }

    @BeforeEach
    void attach() {
        var options = RingOptions.ofCapacity(4096);
        ring = TestRing.create(kind, directory, parking ? options.withParking() : options);
        producer = ring.producer();
        consumer = ring.consumer();
    }

    @AfterEach
    void close() {
        producer.close();
        consumer.close();
    }

    @Test
    void aMessageEndsTheWaitOfTheConsumer() throws Exception {
        var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 10));
        waiting.awaitAsleep();
        producer.offer(1, BYTES, 0, 8);
        assertThat(waiting.outcome()).isEqualTo(1);
    }

    @Test
    void aBatchEndsTheWaitOfTheConsumer() throws Exception {
        var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 10));
        waiting.awaitAsleep();
        try (var batch = producer.batch()) {
            batch.offer(1, BYTES, 0, 8);
            batch.offer(1, BYTES, 0, 8);
            batch.publish();
        }
        assertThat(waiting.outcome()).isEqualTo(2);
    }

    @Test
    void roomEndsTheWaitOfTheProducer() throws Exception {
        fill();
        var waiting = new Waiting<>(() -> producer.offer(1, BYTES, 0, 100, FOR_EVER));
        waiting.awaitAsleep();
        consumer.poll(IGNORE, 100);
        assertThat(waiting.outcome()).isPositive();
    }

    @Test
    void roomEndsTheWaitForAClaim() throws Exception {
        fill();
        var claim = new Claim();
        var waiting = new Waiting<>(() -> producer.tryClaim(1, 100, claim, FOR_EVER));
        waiting.awaitAsleep();
        consumer.poll(IGNORE, 100);
        assertThat(waiting.outcome()).isPositive();
        claim.commit();
        assertThat(consumer.poll(IGNORE, 10)).isEqualTo(1);
    }

    @Test
    void theTimeIsUpNotBeforeItIs() throws Exception {
        long timeoutNs = TimeUnit.MILLISECONDS.toNanos(120); // more than a slice
        long start = System.nanoTime();
        assertThat(consumer.poll(IGNORE, 1, timeoutNs)).isEqualTo(RingConsumer.EMPTY);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeoutNs);
        fill();
        start = System.nanoTime();
        assertThat(producer.offer(1, BYTES, 0, 100, timeoutNs)).isEqualTo(MessageSink.FULL);
        assertThat(producer.tryClaim(1, 100, new Claim(), timeoutNs)).isEqualTo(MessageSink.FULL);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * timeoutNs);
    }

    @Test
    void noTimeIsOneLook() throws Exception {
        assertThat(consumer.poll(IGNORE, 1, 0)).isEqualTo(RingConsumer.EMPTY);
        assertThat(producer.offer(1, BYTES, 0, 8, -1)).isPositive();
        assertThat(consumer.poll(IGNORE, 1, Long.MIN_VALUE)).isEqualTo(1);
    }

    @Test
    void anOrderlyEndEndsTheWait() throws Exception {
        var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 10));
        waiting.awaitAsleep();
        producer.close();
        assertThat(waiting.outcome()).isEqualTo(RingConsumer.CLOSED);
    }

    @Test
    void theSealEndsTheWait() throws Exception {
        var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 10));
        waiting.awaitAsleep();
        producer.seal();
        assertThat(waiting.outcome()).isEqualTo(RingConsumer.END_OF_STREAM);
    }

    @Test
    void theProducerLearnsThatItsConsumerHasLeft() throws Exception {
        fill();
        var waiting = new Waiting<>(() -> producer.offer(1, BYTES, 0, 100, FOR_EVER));
        waiting.awaitAsleep();
        consumer.close();
        assertThat(Math.min(1, waiting.outcome())).isEqualTo(kind.outcomeWithoutConsumer());
    }

    @Test
    void closingTheHandleEndsTheWaitOfItsThread() throws Exception {
        fill();
        var sending = new Waiting<>(() -> producer.offer(1, BYTES, 0, 100, FOR_EVER));
        sending.awaitAsleep();
        producer.close();
        assertThatThrownBy(sending::outcome).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        producer = ring.producer();
        while (consumer.poll(IGNORE, 100) > 0) {
            consumer.position();
        }
        var receiving = new Waiting<>(() -> consumer.receive(IGNORE, 10));
        receiving.awaitAsleep();
        consumer.close();
        assertThatThrownBy(receiving::outcome).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 10));
        waiting.awaitAsleep();
        waiting.interrupt();
        assertThatThrownBy(waiting::outcome).isInstanceOf(InterruptedException.class);
        fill();
        var sending = new Waiting<>(() -> producer.offer(1, BYTES, 0, 100, FOR_EVER));
        sending.awaitAsleep();
        sending.interrupt();
        assertThatThrownBy(sending::outcome).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whoIsInterruptedAndNeedNotWaitIsGivenHisMessages() throws Exception {
        producer.offer(1, BYTES, 0, 8);
        Thread.currentThread().interrupt();
        assertThat(consumer.receive(IGNORE, 10)).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        requireInterrupted(() -> consumer.receive(IGNORE, 10));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aStrategyOfTheCallersOwnIsFollowed() throws Exception {
        var strategy = new SleepingMillisIdleStrategy(1);
        var waiting = new Waiting<>(() -> consumer.poll(IGNORE, 10, FOR_EVER, strategy));
        producer.offer(1, BYTES, 0, 8);
        assertThat(waiting.outcome()).isEqualTo(1);
        assertThat(consumer.poll(IGNORE, 10, 1_000_000, strategy)).isEqualTo(RingConsumer.EMPTY);
        fill();
        assertThat(producer.offer(1, BYTES, 0, 100, 1_000_000, strategy)).isEqualTo(MessageSink.FULL);
        assertThat(producer.tryClaim(1, 100, new Claim(), 1_000_000, strategy)).isEqualTo(MessageSink.FULL);
        Thread.currentThread().interrupt();
        requireInterrupted(() -> producer.offer(1, BYTES, 0, 100, FOR_EVER, strategy));
    }

    @Test
    void aVirtualThreadWaitsToo() throws Exception {
        var task = new FutureTask<>(() -> consumer.receive(IGNORE, 10));
        Thread.ofVirtual().start(task);
        producer.offer(1, BYTES, 0, 8);
        assertThat(task.get(Await.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    }

    private static void requireInterrupted(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InterruptedException.class);
    }

    private void fill() {
        while (producer.offer(1, BYTES, 0, 100) > 0) {
            assertThat(producer.position()).isPositive();
        }
    }
}

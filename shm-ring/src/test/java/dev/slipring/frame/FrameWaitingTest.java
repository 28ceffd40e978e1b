package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.WaitSet;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a frame, and for a lossless consumer: what ends it, and what it says then. With parking and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class FrameWaitingTest {
    private static final FrameFormat FORMAT = PixelFormat.GREY.size(64, 4);
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(120); // more than a slice

    private final boolean parking;

    @TempDir
    private Path directory;
    private TestPool pool;
    private FrameProducer producer;
    private FrameConsumer consumer;
    private final Lease lease = new Lease();
    private final Loan loan = new Loan();

    FrameWaitingTest(boolean parking) {
        this.parking = parking;
    }

    @BeforeEach
    void attach() {
        var options = PoolOptions.of(5, FORMAT);
        pool = TestPool.create(directory, parking ? options.withParking() : options);
        producer = pool.producer();
        consumer = pool.consumer(ConsumerPolicy.lossless(2));
    }

    @AfterEach
    void close() {
        producer.close();
        consumer.close();
        pool.remove();
    }

    @Test
    void aFrameEndsTheWaitOfTheConsumer() throws Exception {
        var waiting = new Waiting<>(() -> consumer.next(lease, FOR_EVER));
        waiting.awaitAsleep();
        Picture.publish(producer, FORMAT);
        assertThat(waiting.outcome()).isEqualTo(Delivery.FRAME);
        assertThat(lease.sequence()).isZero();
        lease.close();
    }

    @Test
    void aFrameEndsTheWaitOfAllConsumers() throws Exception {
        try (var other = pool.consumer(ConsumerPolicy.latest())) {
            var otherLease = new Lease();
            var one = new Waiting<>(() -> consumer.next(lease, FOR_EVER));
            var another = new Waiting<>(() -> other.next(otherLease, FOR_EVER));
            one.awaitAsleep();
            another.awaitAsleep();
            Picture.publish(producer, FORMAT);
            assertThat(one.outcome()).isEqualTo(Delivery.FRAME);
            assertThat(another.outcome()).isEqualTo(Delivery.FRAME);
        }
    }

    @Test
    void aLosslessConsumerThatTakesAFrameEndsTheWaitOfTheProducer() throws Exception {
        fill();
        var waiting = new Waiting<>(() -> producer.tryLoan(FORMAT, loan, FOR_EVER));
        waiting.awaitAsleep();
        assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
        assertThat(waiting.outcome()).isTrue();
        loan.publish();
        lease.close();
    }

    @Test
    void aLosslessConsumerThatLeavesEndsTheWaitOfTheProducer() throws Exception {
        fill();
        var waiting = new Waiting<>(() -> producer.tryLoan(FORMAT, loan, FOR_EVER));
        waiting.awaitAsleep();
        consumer.close();
        assertThat(waiting.outcome()).isTrue();
    }

    @Test
    void theTimeIsUpNotBeforeItIs() throws Exception {
        long start = System.nanoTime();
        assertThat(consumer.next(lease, SHORT_NS)).isEqualTo(Delivery.NOTHING);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT_NS);
        fill();
        start = System.nanoTime();
        assertThat(producer.tryLoan(FORMAT, loan, SHORT_NS)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT_NS);
    }

    @Test
    void noTimeIsOneLook() throws Exception {
        assertThat(consumer.next(lease, 0)).isEqualTo(Delivery.NOTHING);
        assertThat(producer.tryLoan(FORMAT, loan, -1)).isTrue();
        loan.publish();
        assertThat(consumer.next(lease, Long.MIN_VALUE)).isEqualTo(Delivery.FRAME);
        lease.close();
    }

    @Test
    void anOrderlyEndEndsTheWait() throws Exception {
        var waiting = new Waiting<>(() -> consumer.next(lease, FOR_EVER));
        waiting.awaitAsleep();
        producer.close();
        assertThat(waiting.outcome()).isEqualTo(Delivery.CLOSED);
    }

    @Test
    void closingTheHandleEndsTheWaitOfItsThread() throws Exception {
        var waiting = new Waiting<>(() -> consumer.next(lease, FOR_EVER));
        waiting.awaitAsleep();
        consumer.close();
        assertThatThrownBy(waiting::outcome).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        consumer = pool.consumer(ConsumerPolicy.lossless(2));
        fill();
        var lending = new Waiting<>(() -> producer.tryLoan(FORMAT, loan, FOR_EVER));
        lending.awaitAsleep();
        producer.close();
        assertThatThrownBy(lending::outcome).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }

    @Test
    void anInterruptEndsTheWaitAndNothingIsTaken() throws Exception {
        var waiting = new Waiting<>(() -> consumer.next(lease, FOR_EVER));
        waiting.awaitAsleep();
        waiting.interrupt();
        assertThatThrownBy(waiting::outcome).isInstanceOf(InterruptedException.class);
        assertThat(lease.isOpen()).isFalse();
        fill();
        var lending = new Waiting<>(() -> producer.tryLoan(FORMAT, loan, FOR_EVER));
        lending.awaitAsleep();
        lending.interrupt();
        assertThatThrownBy(lending::outcome).isInstanceOf(InterruptedException.class);
        assertThat(pool.idleFrames()).isEqualTo(5);
    }

    @Test
    void aStrategyOfTheCallersOwnIsFollowed() throws Exception {
        var strategy = new SleepingMillisIdleStrategy(1);
        assertThat(consumer.next(lease, 1_000_000, strategy)).isEqualTo(Delivery.NOTHING);
        fill();
        assertThat(producer.tryLoan(FORMAT, loan, 1_000_000, strategy)).isFalse();
        assertThat(consumer.next(lease, FOR_EVER, strategy)).isEqualTo(Delivery.FRAME);
        lease.close();
        assertThat(producer.tryLoan(FORMAT, loan, FOR_EVER, strategy)).isTrue();
    }

    @Test
    void aSetWaitsForManyPoolsAndSaysWhichIsReady() throws Exception {
        var set = new WaitSet<FrameConsumer>();
        set.add(consumer);
        assertThat(set.next(1_000_000)).isNull();
        var waiting = new Waiting<>(() -> set.next(FOR_EVER));
        waiting.awaitAsleep();
        Picture.publish(producer, FORMAT);
        assertThat(waiting.outcome()).isSameAs(consumer);
        assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
        lease.close();
        assertThat(set.next(0)).isNull();
        var ending = new Waiting<>(() -> set.next(FOR_EVER));
        ending.awaitAsleep();
        producer.close();
        assertThat(ending.outcome()).isSameAs(consumer);
        assertThat(consumer.next(lease)).isEqualTo(Delivery.CLOSED);
    }

    /** Until its lossless consumer has as much waiting as it said. */
    private void fill() {
        while (Picture.publish(producer, FORMAT)) {
            assertThat(producer.sequence()).isLessThan(10);
        }
    }
}

package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionFull;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pool promises to one producer and its consumers, in one process. */
class FramePoolContractTest {
    private static final FrameFormat SMALL = TestPool.SMALL;

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void aFrameIsHandedOverWithAllThatWasSaidOfIt() {
        var format = PixelFormat.I420.size(64, 48, 32).colour(Colour.BT709).crop(new Crop(2, 4, 60, 40));
        var pool = TestPool.create(directory, PoolOptions.of(4, format));
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            var loan = new Loan();
            assertThat(producer.tryLoan(format, loan)).isTrue();
            assertThat(loan.buffer().capacity()).isEqualTo(format.bytes());
            Picture.draw(loan.buffer(), format.bytes(), 0);
            long before = System.nanoTime();
            loan.publish(4711);
            var lease = new Lease();
            assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
            try (lease) {
                Picture.requireWhole(lease);
                assertThat(lease.format()).isEqualTo(format);
                assertThat(lease.sequence()).isZero();
                assertThat(lease.bytes()).isEqualTo(format.bytes());
                assertThat(lease.capturedNs()).isEqualTo(4711);
                assertThat(lease.publishedNs()).isBetween(before, System.nanoTime());
                assertThat(lease.missed()).isZero();
            }
            assertThat(consumer.next(lease)).isEqualTo(Delivery.NOTHING);
        }
        pool.remove();
    }

    @Test
    void latestSkipsToTheNewestAndCountsWhatItSkipped() {
        var pool = TestPool.create(directory, 4);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            var lease = new Lease();
            for (int i = 0; i < 10; i++) {
                assertThat(Picture.publish(producer, SMALL)).isTrue();
            }
            assertThat(consumer.latest(lease)).isEqualTo(Delivery.FRAME);
            assertThat(lease.sequence()).isEqualTo(9);
            assertThat(lease.missed()).isEqualTo(9);
            assertThat(consumer.dropped()).isEqualTo(9);
            Picture.requireWhole(lease);
            lease.close();
        }
    }

    @Test
    void everyFrameComesAsLongAsNoMoreWaitThanWasSaid() {
        var pool = TestPool.create(directory, 6);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.every(4))) {
            publish(producer, 4);
            expect(consumer, 0, 0);
            publish(producer, 5); // 4…8, with 1…3 waiting: the oldest 4 go
            expect(consumer, 5, 4);
            expect(consumer, 6, 0);
            expect(consumer, 7, 0);
            expect(consumer, 8, 0);
            assertThat(consumer.next(new Lease())).isEqualTo(Delivery.NOTHING);
            assertThat(consumer.dropped()).isEqualTo(4);
            assertThat(consumer.delivered()).isEqualTo(5);
        }
    }

    @Test
    void aLosslessConsumerHoldsTheProducerBack() {
        var pool = TestPool.create(directory, 6);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.lossless(3))) {
            publish(producer, 3);
            assertThat(Picture.publish(producer, SMALL)).isFalse();
            expect(consumer, 0, 0);
            publish(producer, 1);
            assertThat(Picture.publish(producer, SMALL)).isFalse();
            for (int i = 1; i < 4; i++) {
                expect(consumer, i, 0);
            }
            assertThat(consumer.dropped()).isZero();
        }
    }

    /** The loan was given before anybody could know of the consumer; what is published then waits behind the frame that it begins with. */
    @Test
    void aLosslessConsumerThatComesWhileAFrameIsOnLoanLosesNone() {
        var pool = TestPool.create(directory, 3);
        try (var producer = pool.producer()) {
            publish(producer, 1);
            var loan = new Loan();
            assertThat(producer.tryLoan(SMALL, loan)).isTrue();
            Picture.draw(loan.buffer(), SMALL.bytes(), 1);
            try (var consumer = pool.consumer(ConsumerPolicy.lossless(1))) {
                loan.publish(1_000);
                assertThat(Picture.publish(producer, SMALL)).isFalse();
                expect(consumer, 0, 0);
                assertThat(Picture.publish(producer, SMALL)).isFalse();
                expect(consumer, 1, 0);
                publish(producer, 1);
                expect(consumer, 2, 0);
                assertThat(consumer.dropped()).isZero();
            }
        }
    }

    @Test
    void aLeasedFrameStaysAsItIsWhileTheProducerGoesOn() {
        var pool = TestPool.create(directory, 4);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest().holding(2))) {
            publish(producer, 1);
            var first = new Lease();
            var second = new Lease();
            assertThat(consumer.next(first)).isEqualTo(Delivery.FRAME);
            publish(producer, 20);
            assertThat(consumer.next(second)).isEqualTo(Delivery.FRAME);
            publish(producer, 100);
            Picture.requireWhole(first);
            Picture.requireWhole(second);
            assertThat(pool.status().holders()).hasSize(2).allMatch(holder -> holder.who().name().equals("consumer"));
            assertThatThrownBy(() -> consumer.next(new Lease())).isInstanceOf(IllegalStateException.class).hasMessageContaining("2 leases");
            first.close();
            second.close();
            assertThat(pool.status().holders()).isEmpty();
        }
    }

    @Test
    void aDiscardedFrameWasNeverThere() {
        var pool = TestPool.create(directory, 3);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            publish(producer, 3);
            for (int i = 0; i < 5; i++) {
                var loan = new Loan();
                assertThat(producer.tryLoan(SMALL, loan)).isTrue();
                try (loan) {
                    Picture.draw(loan.buffer(), SMALL.bytes(), 999);
                }
            }
            expect(consumer, 2, 2);
            publish(producer, 1);
            expect(consumer, 3, 0);
        }
    }

    @Test
    void aConsumerForWhichThereAreTooFewFramesIsRefusedWithBothNumbers() {
        var pool = TestPool.create(directory, 6);
        try (var first = pool.consumer("first", ConsumerPolicy.latest().holding(2)); var second = pool.consumer("second",
            ConsumerPolicy.every(2))) {
            assertThat(first.policy().maxLeases() + second.policy().maxLeases()).isEqualTo(3);
            assertThatThrownBy(() -> pool.consumer("third", ConsumerPolicy.latest())).isInstanceOf(RegionFull.class)
                .hasMessageContaining("has 6 frames").hasMessageContaining("would need 7");
        }
        pool.consumer("third", ConsumerPolicy.latest()).close();
    }

    @Test
    void thereIsASeatForTheProducerHoweverManyConsumersCome() {
        var pool = TestPool.create(directory, 40);
        var consumers = new ArrayList<FrameConsumer>();
        try {
            for (int i = 0; i < 31; i++) {
                consumers.add(pool.consumer(ConsumerPolicy.latest()));
            }
            assertThatThrownBy(() -> consumers.add(pool.consumer(ConsumerPolicy.latest()))).isInstanceOf(RegionFull.class)
                .hasMessageContaining("takes 31 consumers");
            try (var producer = pool.producer()) {
                publish(producer, 1);
            }
        } finally {
            consumers.forEach(FrameConsumer::close);
        }
    }

    @Test
    void theFormatEpochMovesWithTheFormatOfWhatIsPublished() {
        var pool = TestPool.create(directory, 4);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            var other = PixelFormat.GREY.size(3, 3);
            int first = epochOfNext(producer, consumer, SMALL);
            var loan = new Loan();
            assertThat(producer.tryLoan(other, loan)).isTrue();
            loan.discard();
            assertThat(epochOfNext(producer, consumer, SMALL)).as("nobody has seen another format").isEqualTo(first);
            assertThat(epochOfNext(producer, consumer, other)).isNotEqualTo(first);
        }
    }

    @Test
    void aSecondProducerIsRefused() {
        var pool = TestPool.create(directory, 2);
        try (var producer = pool.producer()) {
            assertThat(producer.sequence()).isZero();
            assertThatThrownBy(pool::producer).isInstanceOf(RoleTaken.class).hasMessageContaining("producer");
        }
    }

    private static void publish(FrameProducer producer, int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(Picture.publish(producer, SMALL)).isTrue();
        }
    }

    private static int epochOfNext(FrameProducer producer, FrameConsumer consumer, FrameFormat format) {
        assertThat(Picture.publish(producer, format)).isTrue();
        var lease = new Lease();
        assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
        try (lease) {
            assertThat(lease.format()).isEqualTo(format);
            return lease.formatEpoch();
        }
    }

    private static void expect(FrameConsumer consumer, long sequence, long missed) {
        var lease = new Lease();
        assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
        try (lease) {
            assertThat(lease.sequence()).isEqualTo(sequence);
            assertThat(lease.missed()).isEqualTo(missed);
            assertThat(lease.capturedNs()).isEqualTo(sequence * 1_000);
            Picture.requireWhole(lease);
        }
    }
}

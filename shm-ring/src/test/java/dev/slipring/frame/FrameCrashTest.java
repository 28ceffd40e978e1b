package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Death instead of every single store of a producer and of a consumer; on a machine that keeps program order, and on one that does not. */
class FrameCrashTest {
    private static final FrameFormat FIRST = PixelFormat.GREY.size(8, 3);
    private static final FrameFormat SECOND = PixelFormat.NV12.size(4, 4);
    private static final ConsumerPolicy PATIENT = ConsumerPolicy.every(4).holding(2);
    private static final int WEAK_SEEDS = Integer.getInteger("slipring.weak.seeds", 1);
    private static final int MAX_STORES = 2_000;
    /** Six may be leased at once, four wait, one is written. */
    private static final int FRAMES = 11;

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    private long published;
    private boolean publishing;

    @Test
    void aProducerKilledAtAnyStoreLeavesNoHalfFrameAndLosesNone() {
        int stores = sweep(this::producerDies);
        assertThat(stores).isGreaterThan(100);
    }

    @Test
    void aConsumerKilledAtAnyStoreLeavesNoFrameBehind() {
        int stores = sweep(this::consumerDies);
        assertThat(stores).isGreaterThan(20);
    }

    /** Whoever cleans up after the dead is killed at any store of that, and is cleaned up after. */
    @Test
    void whoeverTakesBackTheLeasesOfTheDeadMayDieOverIt() {
        int stores = sweep(this::cleanerDies);
        assertThat(stores).isGreaterThan(50);
    }

    /** One death: at this store, with the loss of unordered stores if there is a seed. Returns false when the script ended before. */
    private interface Death {
        boolean at(int store, @Nullable Long weakSeed);
    }

    private static int sweep(Death death) {
        int store = 0;
        while (death.at(store, null)) {
            for (long seed = 0; seed < WEAK_SEEDS; seed++) {
                death.at(store, seed);
            }
            store++;
            assertThat(store).isLessThan(MAX_STORES);
        }
        return store;
    }

    private boolean producerDies(int store, @Nullable Long weakSeed) {
        var pool = TestPool.create(directory, PoolOptions.of(FRAMES, FIRST));
        try (var consumer = pool.consumer(PATIENT)) {
            warmUp(pool, 7);
            var held = new Lease();
            assertThat(consumer.latest(held)).isEqualTo(Delivery.FRAME);
            long before = held.sequence();
            var process = new FaultyProcess();
            boolean died = attempt(process, store, weakSeed, () -> pool.producer(process.seam()), this::produce);
            expect(consumer, before + 1, published, publishing ? 1 : 0);
            Picture.requireWhole(held);
            held.close();
            requireSound(pool);
            return died;
        } finally {
            pool.remove();
        }
    }

    private void produce(FrameProducer producer) {
        var loan = new Loan();
        for (var format : new FrameFormat[] {FIRST, SECOND, FIRST}) {
            assertThat(producer.tryLoan(format, loan)).isTrue();
            Picture.draw(loan.buffer(), format.bytes(), producer.sequence());
            publishing = true;
            loan.publish(0);
            publishing = false;
            published++;
            assertThat(producer.tryLoan(format, loan)).isTrue();
            Picture.draw(loan.buffer(), format.bytes(), 999_999);
            loan.discard();
        }
    }

    /** All that was published comes, whole; of what was being published when its producer died, all or nothing. */
    private static void expect(FrameConsumer consumer, long first, long published, int inFlight) {
        var lease = new Lease();
        long expected = first;
        while (consumer.next(lease) == Delivery.FRAME) {
            assertThat(lease.sequence()).isEqualTo(expected);
            Picture.requireWhole(lease);
            lease.close();
            expected++;
        }
        assertThat(expected).isBetween(published, published + inFlight);
    }

    private boolean consumerDies(int store, @Nullable Long weakSeed) {
        var pool = TestPool.create(directory, PoolOptions.of(FRAMES, FIRST));
        try (var producer = pool.producer(); var other = pool.consumer(PATIENT)) {
            publish(producer, 5);
            var held = new Lease();
            assertThat(other.next(held)).isEqualTo(Delivery.FRAME);
            var process = new FaultyProcess();
            boolean died = attempt(process, store, weakSeed, () -> pool.consumer(process.seam(), PATIENT), consumer -> consume(consumer,
                producer));
            Picture.requireWhole(held);
            assertThat(pool.status().holders()).as("the dead hold nothing by the kernel's word").hasSize(1);
            held.close();
            requireSound(pool, producer);
            return died;
        } finally {
            pool.remove();
        }
    }

    private static void consume(FrameConsumer consumer, FrameProducer producer) {
        var first = new Lease();
        var second = new Lease();
        assertThat(consumer.next(first)).isEqualTo(Delivery.FRAME);
        publish(producer, 6);
        assertThat(consumer.next(second)).isEqualTo(Delivery.FRAME);
        first.close();
        assertThat(consumer.latest(first)).isEqualTo(Delivery.FRAME);
        second.close();
        assertThat(consumer.next(second)).isEqualTo(Delivery.NOTHING);
        consumer.close();
    }

    private boolean cleanerDies(int store, @Nullable Long weakSeed) {
        var pool = TestPool.create(directory, PoolOptions.of(FRAMES, FIRST));
        try (var producer = pool.producer()) {
            publish(producer, 5);
            var victim = new FaultyProcess();
            attempt(victim, MAX_STORES, null, () -> pool.consumer(victim.seam(), PATIENT), consumer -> {
                consumer.next(new Lease());
                publish(producer, 3);
                consumer.latest(new Lease());
            });
            var cleaner = new FaultyProcess();
            boolean died = attempt(cleaner, store, weakSeed, () -> pool.consumer(cleaner.seam(), PATIENT), FrameConsumer::close);
            requireSound(pool, producer);
            return died;
        } finally {
            pool.remove();
        }
    }

    private void warmUp(TestPool pool, int frames) {
        published = 0;
        publishing = false;
        try (var producer = pool.producer()) {
            publish(producer, frames);
            published = producer.sequence();
        }
    }

    private static void publish(FrameProducer producer, int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(Picture.publish(producer, i % 2 == 0 ? FIRST : SECOND)).isTrue();
        }
    }

    private static void requireSound(TestPool pool) {
        try (var producer = pool.producer()) {
            requireSound(pool, producer);
        }
    }

    /** All frames can be had: as many consumers as there is room for hold all they may, and the producer still finds one. */
    private static void requireSound(TestPool pool, FrameProducer producer) {
        publish(producer, 2);
        try (var greedy = pool.consumer(ConsumerPolicy.every(1).holding(2));
            var other = pool.consumer(ConsumerPolicy.every(2).holding(2))) {
            var leases = new Lease[] {new Lease(), new Lease(), new Lease(), new Lease()};
            for (int i = 0; i < 2; i++) {
                publish(producer, 3);
                assertThat(greedy.next(leases[2 * i])).isEqualTo(Delivery.FRAME);
                publish(producer, 2);
                assertThat(other.next(leases[2 * i + 1])).isEqualTo(Delivery.FRAME);
            }
            publish(producer, 20);
            for (var lease : leases) {
                Picture.requireWhole(lease);
                lease.close();
            }
            publish(producer, 4 * FRAMES);
            assertThat(pool.idleFrames()).isEqualTo(FRAMES);
        }
    }

    private static <T extends AutoCloseable> boolean attempt(FaultyProcess process, long store, @Nullable Long weakSeed,
        Supplier<T> attach, Consumer<T> script) {
        process.dieAfter(store, weakSeed);
        return process.live(attach, script);
    }
}

package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers and producers in processes of their own are killed and stopped with frames in hand. */
class FrameKillIT {
    private static final long FOR_EVER_MICROS = 1_000_000_000_000L;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private TestPool pool;

    @BeforeEach
    void create() {
        pool = TestPool.create(directory, PoolOptions.of(4, FrameWorker.LARGEST).withParking()); // 2 leased, 1 newest, 1 written
    }

    @Test
    void aKilledViewersFramesComeBackAndTheProducerNeverWaits() {
        try (var producer = pool.producer(); var viewer = holder(producer)) {
            viewer.kill();
            assertThat(pool.status().holders()).isEmpty();
            assertThat(pool.status().abandoned()).as("what only the dead has, before anybody asked").isEqualTo(2);
            Await.until("the kernel has let the dead one's frames go", () -> {
                publish(producer, 5); // never refused
                return pool.idleFrames() == 4;
            });
            assertThat(pool.status().consumers()).isEmpty();
        }
    }

    @Test
    void aStoppedViewerKeepsItsFramesAndIsNamed() {
        try (var producer = pool.producer(); var viewer = holder(producer)) {
            viewer.stop();
            var held = pool.status().holders();
            publish(producer, 2_000);
            assertThat(pool.status().holders()).isEqualTo(held).hasSize(2).allSatisfy(holder -> {
                assertThat(holder.who().name()).isEqualTo("viewer");
                assertThat(holder.who().pid()).isEqualTo(viewer.pid());
                assertThat(holder.since()).isBetween(Instant.now().minusSeconds(60), Instant.now());
            });
            viewer.resume();
            assertThat(viewer.isAlive()).isTrue();
        }
    }

    /** What the viewer itself says of the frames it held while it was stopped: {@link FrameWorker} looks at them once more. */
    @Test
    void whatAStoppedViewerHoldsIsIntactWhenItGoesOn() {
        try (var viewer = start("viewer", "0", "EVERY", "1", "2", "1000")) {
            assertThat(viewer.readLine()).isEqualTo("attached");
            try (var producer = pool.producer()) {
                Await.until("it holds all it may", () -> {
                    publish(producer, 1);
                    return viewer.everything().contains("holds all");
                });
                for (int i = 0; i < 20; i++) {
                    viewer.stop();
                    publish(producer, 50);
                    viewer.resume();
                    publish(producer, 50);
                }
            }
            assertThat(viewer.awaitExit()).as("%s", viewer.everything()).isZero();
        }
    }

    @Test
    void aKilledLosslessConsumerLetsASleepingProducerGoOn() throws Exception {
        try (var producer = pool.producer(); var viewer = start("viewer", "0", "LOSSLESS", "2", "1", Long.toString(FOR_EVER_MICROS))) {
            assertThat(viewer.readLine()).isEqualTo("attached");
            Await.until("it holds one and lets two wait", () -> !publishNext(producer) && viewer.everything().contains("holds all")
                && !publishNext(producer));
            var loan = new Loan();
            var waiting = new Waiting<>(() -> producer.tryLoan(FrameWorker.LARGEST, loan, Long.MAX_VALUE));
            waiting.awaitAsleep();
            viewer.kill();
            assertThat(waiting.outcome()).isTrue();
            loan.discard();
            assertThat(pool.idleFrames()).isEqualTo(4);
            assertThat(pool.status().abandoned()).isZero();
        }
    }

    @Test
    void aProducerKilledWhileItWritesLeavesNoHalfFrame() {
        try (var consumer = pool.consumer(ConsumerPolicy.latest().holding(2))) {
            var lease = new Lease();
            for (int round = 0; round < 3; round++) {
                try (var dying = start("dying")) {
                    long published = Long.parseLong(dying.readLine().replace("writing ", ""));
                    assertThat(published).isEqualTo(11L * round + 10);
                    dying.kill();
                    requireNewest(consumer, lease, published - 1);
                    Await.until("the death is told", () -> consumer.next(lease) == Delivery.PRODUCER_DEAD);
                }
                try (var successor = pool.producer()) {
                    assertThat(successor.sequence()).isEqualTo(11L * round + 10);
                    publish(successor, 1);
                    requireNewest(consumer, lease, 11L * round + 10);
                    assertThat(pool.idleFrames()).as("the half frame is free again").isEqualTo(4);
                }
            }
        }
    }

    private static void requireNewest(FrameConsumer consumer, Lease lease, long sequence) {
        assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
        assertThat(lease.sequence()).isEqualTo(sequence);
        Picture.requireWhole(lease);
        lease.close();
    }

    /** A viewer that has leased two frames and gives none of them back. */
    private JavaProcess holder(FrameProducer producer) {
        var viewer = start("viewer", "0", "EVERY", "1", "2", Long.toString(FOR_EVER_MICROS));
        assertThat(viewer.readLine()).isEqualTo("attached");
        Await.until("it holds two frames", () -> {
            publish(producer, 1);
            return pool.status().holders().size() == 2;
        });
        return viewer;
    }

    private JavaProcess start(String role, String... more) {
        var arguments = new String[more.length + 2];
        arguments[0] = role;
        arguments[1] = directory.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return JavaProcess.start(FrameWorker.class, arguments);
    }

    private static void publish(FrameProducer producer, int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(publishNext(producer)).isTrue();
        }
    }

    /** False when the producer was refused. */
    private static boolean publishNext(FrameProducer producer) {
        return Picture.publish(producer, FrameWorker.format(producer.sequence()));
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes, one of which sleeps, and one of which is killed or stopped: each in turn. And what a sleeper costs. */
@ParameterizedClass
@EnumSource(value = RingKind.class, names = {"SPSC", "MPSC", "SUBSCRIBER"})
class WaitingPeersIT {
    private static final long STOPPED_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("slipring.stop.millis", 500));
    private static final Duration IDLE = Duration.ofMillis(Long.getLong("slipring.idle.millis", 1000));
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    private final RingKind kind;

    @TempDir
    private Path directory;
    private TestRing ring;

    WaitingPeersIT(RingKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void create() {
        ring = TestRing.create(kind, directory, RingOptions.ofCapacity(4096).withParking());
    }

    @Test
    void aSleepingConsumerHearsThatItsProducerWasKilledAndNotThatItWasStopped() throws Exception {
        try (var consumer = ring.consumer(); var producer = start("send-in-slices")) {
            producer.stop();
            drain(consumer);
            var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 100));
            stillWaits(waiting);
            producer.kill();
            long start = System.nanoTime();
            assertThat(waiting.outcome()).isEqualTo(RingConsumer.PRODUCER_DEAD);
            System.out.println("noticed " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms after the kill");
        }
    }

    @Test
    void aSleepingProducerHearsThatItsConsumerWasKilledAndNotThatItWasStopped() throws Exception {
        try (var producer = ring.producer(); var consumer = start("receive-in-slices")) {
            consumer.stop();
            fill(producer);
            var waiting = new Waiting<>(() -> producer.offer(1, BYTES, 0, 100, Long.MAX_VALUE));
            stillWaits(waiting);
            consumer.kill();
            long start = System.nanoTime();
            assertThat(Math.min(1, waiting.outcome())).isEqualTo(kind.outcomeWithoutConsumer());
            System.out.println("noticed " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms after the kill");
        }
    }

    @Test
    void whoIsStoppedAsleepFindsItsMessageWhenItIsResumed() {
        try (var producer = ring.producer(); var asleep = start("receive")) {
            asleep.stop();
            assertThat(producer.offer(1, BYTES, 0, 8)).isPositive();
            asleep.resume();
            asleep.awaitLine("outcome 1");
            producer.close();
            asleep.awaitLine("outcome " + RingConsumer.CLOSED);
        }
    }

    @Test
    void whoIsKilledAsleepIsInNobodysWay() throws InterruptedException {
        try (var producer = ring.producer()) {
            start("receive").close();
            for (int sent = 0; sent < 100 && producer.offer(1, BYTES, 0, 100) > 0; sent++) {
                assertThat(producer.position()).isPositive();
            }
            try (var _ = start("receive")) {
                Await.until("the successor has read", () -> producer.offer(1, BYTES, 0, 100) > 0);
            }
        }
        try (var consumer = ring.consumer()) {
            start("send").close();
            drain(consumer);
            assertThat(consumer.receive(IGNORE, 10)).isEqualTo(RingConsumer.PRODUCER_DEAD);
        }
    }

    @Test
    void aSleeperCostsNextToNothing() throws IOException {
        assumeTrue(kind == RingKind.SPSC); // how one sleeps is the same for all
        try (var producer = ring.producer(); var asleep = start("receive-warmed-up-in-slices")) {
            long allowedNs = IDLE.toNanos() / 100;
            long usedNs = allowedNs;
            for (int attempt = 0; attempt < 5 && usedNs >= allowedNs; attempt++) { // a young JVM compiles
                long before = processorTimeNs(asleep.pid());
                long start = System.nanoTime();
                Await.until("it has slept for long enough", IDLE.plus(Await.LONG), () -> System.nanoTime() - start > IDLE.toNanos());
                usedNs = processorTimeNs(asleep.pid()) - before;
            }
            System.out.println("a sleeper used " + TimeUnit.NANOSECONDS.toMicros(usedNs) + " us in " + IDLE);
            assertThat(usedNs).isLessThan(allowedNs);
            producer.offer(1, BYTES, 0, 8);
            asleep.awaitLine("outcome 1");
        }
    }

    /** Of all threads that live. */
    private static long processorTimeNs(long pid) throws IOException {
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToLong(thread -> {
                try {
                    var line = Files.readString(thread.resolve("schedstat"));
                    return Long.parseLong(line.substring(0, line.indexOf(' ')));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).sum();
        }
    }

    private static void stillWaits(Waiting<?> waiting) {
        long start = System.nanoTime();
        Await.until("it has been stopped for long enough", () -> System.nanoTime() - start > STOPPED_NS);
        waiting.awaitAsleep();
    }

    private static void drain(RingConsumer consumer) {
        while (consumer.poll(IGNORE, 100) > 0) {
            assertThat(consumer.position()).isPositive();
        }
    }

    private static void fill(RingProducer producer) {
        while (producer.offer(1, BYTES, 0, 100) > 0) {
            assertThat(producer.position()).isPositive();
        }
    }

    private JavaProcess start(String what) {
        var worker = JavaProcess.start(WaitingWorker.class, what, directory.toString(), kind.name());
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }
}

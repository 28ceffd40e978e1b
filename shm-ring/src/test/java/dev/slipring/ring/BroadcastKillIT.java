package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes at a broadcast ring, killed and stopped: what each reader got and what it was told it lost add up to what was sent. */
class BroadcastKillIT {
    private static final int ROUNDS = Math.max(1, Integer.getInteger("slipring.kill.rounds", 10) / 5);
    private static final long MESSAGES = Long.getLong("slipring.broadcast.messages", 200_000);
    /** Whole ones, checked word for word: so many are waited for. */
    private static final long DELIVERED = Long.getLong("slipring.broadcast.delivered", 100_000);
    private static final long STOPPED_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("slipring.stop.millis", 500));
    private static final int READERS = 6; // and a slow one, and one that is killed

    @TempDir
    private Path directory;
    private Tally tally;
    private RandomGenerator random;

    @BeforeEach
    void create() {
        random = Seed.random("BroadcastKillIT");
        BroadcastRing.create(new RegionDirectory(directory), "ring", RingOptions.ofCapacity(64 * 1024));
        tally = new Tally(directory.resolve("tally.bin"));
    }

    @Test
    void whateverIsKilledEachReaderAccountsForEveryMessage() {
        try (var readers = worker("readers", READERS); var slow = worker("slow", 1)) {
            for (int i = 1; i < READERS; i++) {
                assertThat(readers.readLine()).isEqualTo("attached");
            }
            var producer = producer();
            try (var victim = worker("victim", 1)) {
                for (int round = 0; round < ROUNDS; round++) {
                    flow(MESSAGES / ROUNDS + random.nextInt(10_000));
                    producer.kill();
                    for (int i = 0; i < READERS; i++) {
                        readers.awaitLine("producer dead"); // nobody has counted it: they only look
                    }
                    slow.awaitLine("producer dead");
                    if (round == 0) {
                        victim.kill();
                    }
                    producer = producer();
                }
                flow(MESSAGES / ROUNDS);
                Await.until(DELIVERED + " messages are delivered", Duration.ofMinutes(10), () -> tally.delivered() >= DELIVERED);
                assertThat(producer.end()).as("%s", producer.everything()).isZero();
            } finally {
                producer.close();
            }
            long delivered = requireAccounted(readers, READERS) + requireAccounted(slow, 1);
            assertThat(delivered).isGreaterThanOrEqualTo(DELIVERED);
        }
    }

    @Test
    void aStoppedSubscriberIsWaitedForAndAKilledOneIsNot() {
        try (var producer = producer(); var subscriber = worker("subscriber", 1); var other = worker("subscriber", 1)) {
            flow(5_000);
            subscriber.stop();
            producer.awaitLine("full");
            long sent = tally.sent();
            pause();
            assertThat(tally.sent()).as("the producer waits").isEqualTo(sent);
            subscriber.resume();
            producer.awaitLine("flowing");
            flow(5_000);
            subscriber.stop();
            producer.awaitLine("full");
            subscriber.kill();
            producer.awaitLine("flowing");
            flow(5_000);
            assertThat(producer.end()).as("%s", producer.everything()).isZero();
            requireAccounted(other, 1);
            assertThat(other.everything().getLast()).as("lost by the subscriber").endsWith(" 0");
        }
    }

    @Test
    void aStoppedProducerIsNotDeadAndAKilledOneIs() {
        try (var producer = producer(); var reader = BroadcastRing.reader("ring",
            Attachment.standard().in(new RegionDirectory(directory)), JoinAt.latest())) {
            flow(1_000);
            producer.stop();
            var nothing = new Nothing();
            while (reader.poll(nothing, 1000) > 0) {
                assertThat(reader.sequence()).isPositive();
            }
            long start = System.nanoTime();
            while (System.nanoTime() - start < STOPPED_NS) {
                assertThat(reader.poll(nothing, 1)).isEqualTo(RingConsumer.EMPTY);
            }
            producer.resume();
            Await.until("it goes on", () -> reader.poll(nothing, 1) > 0);
            producer.kill();
            Await.until("its death is told", () -> reader.poll(nothing, 1000) == RingConsumer.PRODUCER_DEAD);
            assertThat(reader.sequence()).isGreaterThanOrEqualTo(tally.sent());
        }
    }

    private JavaProcess producer() {
        return worker("producer", random.nextLong());
    }

    private JavaProcess worker(String role, long number) {
        var worker = JavaProcess.start(BroadcastWorker.class, role, directory.toString(), Long.toString(number));
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }

    private void flow(long messages) {
        long target = tally.sent() + messages;
        Await.until("message " + target + " is sent", Duration.ofMinutes(10), () -> tally.sent() >= target);
    }

    private static void pause() {
        long start = System.nanoTime();
        Await.until("it has been stopped for long enough", () -> System.nanoTime() - start > STOPPED_NS);
    }

    /** After the producer has left in order. Returns how many were delivered. */
    private long requireAccounted(JavaProcess readers, int count) {
        assertThat(readers.end()).as("%s", readers.everything()).isZero();
        List<String> accounts = readers.everything().stream().filter(line -> line.startsWith("accounted ")).toList();
        System.out.println("sent " + tally.sent() + ": " + accounts);
        assertThat(accounts).hasSize(count).allSatisfy(account -> {
            var words = account.split(" ", -1);
            assertThat(Long.parseLong(words[1]) + Long.parseLong(words[2]) + Long.parseLong(words[3])).as(account).isEqualTo(tally.sent());
        });
        return accounts.stream().mapToLong(account -> Long.parseLong(account.split(" ", -1)[2])).sum();
    }

    /** Takes everything. */
    private static final class Nothing implements BroadcastHandler {
        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            // nothing to do
        }

        @Override
        public void onGap(long first, long last) {
            // nothing to do
        }
    }
}

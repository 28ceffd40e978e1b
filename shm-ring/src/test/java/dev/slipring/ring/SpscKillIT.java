package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes and a ring; one of them is killed at moments chosen by a seed; {@link SpscStopIT} stops them. */
class SpscKillIT {
    private static final int ROUNDS = Integer.getInteger("slipring.kill.rounds", 10);

    @TempDir
    private Path directory;
    private Tally tally;
    private RandomGenerator random;
    private JavaProcess producer;
    private JavaProcess consumer;

    @BeforeEach
    void start() {
        random = Seed.random("SpscKillIT");
        SpscRing.create(new RegionDirectory(directory), "ring", RingOptions.ofCapacity(16 * 1024));
        tally = new Tally(directory.resolve("tally.bin"));
        producer = worker("producer");
        consumer = worker("consumer");
    }

    @AfterEach
    void stop() {
        producer.close();
        consumer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "consumer"})
    void killedAgainAndAgainNothingIsLostRepeatedOrTorn(String victim) {
        for (int round = 0; round < ROUNDS; round++) {
            flow(random.nextInt(5_000));
            if (victim.equals("producer")) {
                producer.kill();
                producer = worker("producer");
            } else {
                consumer.kill();
                consumer = worker("consumer");
            }
        }
        flow(1_000);
        endInOrder();
    }

    @Test
    void aKilledProducerIsReportedOnceAllItSentWasReadAndASuccessorGoesOn() {
        flow(1_000);
        producer.kill();
        consumer.awaitLine("producer dead");
        assertThat(tally.delivered()).isGreaterThanOrEqualTo(tally.sent());
        producer = worker("producer");
        consumer.awaitLine("flowing");
        flow(1_000);
        endInOrder();
        assertThat(consumer.everything()).as("the successor left in order").endsWith("closed", "received " + tally.sent());
    }

    private JavaProcess worker(String role) {
        var worker = JavaProcess.start(RingWorker.class, role, directory.toString(), Long.toString(random.nextLong()));
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }

    /** Waits until this many more messages were delivered. */
    private void flow(long messages) {
        long target = tally.delivered() + messages;
        Await.until("message " + target + " arrives", () -> {
            if (!producer.isAlive() || !consumer.isAlive()) {
                throw new AssertionError("a worker ended: " + producer.everything() + consumer.everything());
            }
            return tally.delivered() >= target;
        });
    }

    private void endInOrder() {
        assertThat(producer.end()).as("producer: %s", producer.everything()).isZero();
        assertThat(consumer.awaitExit()).as("consumer: %s", consumer.everything()).isZero();
        assertThat(consumer.everything()).contains("closed", "received " + tally.sent());
    }
}

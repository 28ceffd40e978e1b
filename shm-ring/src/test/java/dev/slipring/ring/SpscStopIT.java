package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A side of a ring is stopped in full flow: the other one waits, and nothing is said of death. */
class SpscStopIT {
    private static final long STOPPED_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("slipring.stop.millis", 500));

    @TempDir
    private Path directory;

    @Test
    void eachSideStoppedInItsTurnIsWaitedFor() {
        var random = Seed.random("eachSideStoppedInItsTurnIsWaitedFor");
        SpscRing.create(new RegionDirectory(directory), "ring", RingOptions.ofCapacity(16 * 1024));
        var tally = new Tally(directory.resolve("tally.bin"));
        try (var producer = worker("producer", random.nextLong()); var consumer = worker("consumer", random.nextLong())) {
            for (var stopped : new JavaProcess[] {producer, consumer}) {
                awaitMore(tally, 1 + random.nextInt(3_000));
                stopped.stop();
                long start = System.nanoTime();
                Await.until("it has been stopped for long enough", () -> System.nanoTime() - start > STOPPED_NS);
                assertThat(consumer.everything()).doesNotContain("producer dead", "closed");
                stopped.resume();
            }
            awaitMore(tally, 1_000);
            assertThat(producer.end()).as("%s", producer.everything()).isZero();
            assertThat(consumer.awaitExit()).as("%s", consumer.everything()).isZero();
            assertThat(consumer.everything()).contains("received " + tally.sent()).doesNotContain("producer dead");
        }
    }

    private JavaProcess worker(String role, long seed) {
        var worker = JavaProcess.start(RingWorker.class, role, directory.toString(), Long.toString(seed));
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }

    private static void awaitMore(Tally tally, long messages) {
        long target = tally.delivered() + messages;
        Await.until("message " + target + " arrives", () -> tally.delivered() >= target);
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever sleeps in another process is woken, and not by the clock: these sleepers sleep for half a minute if nobody wakes them. */
@ParameterizedClass
@EnumSource(RingKind.class)
class WakeUpIT {
    private static final int ROUNDS = Integer.getInteger("slipring.wake.rounds", 100_000);
    private static final int RINGS = 64;
    private static final int SECONDS = Integer.getInteger("slipring.wake.seconds", 1);
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    private final RingKind kind;

    @TempDir
    private Path directory;

    WakeUpIT(RingKind kind) {
        this.kind = kind;
    }

    @Test
    void eachOfManySleepsIsEndedByItsMessage() {
        var random = Seed.random("eachOfManySleepsIsEndedByItsMessage");
        for (var name : new String[] {"there", "back"}) {
            kind.create(new RegionDirectory(directory), name, RingOptions.ofCapacity(4096).withParking());
        }
        try (var pong = start("pong", Long.toString(random.nextLong()));
            var ping = start("ping", Long.toString(random.nextLong()), Integer.toString(ROUNDS), Integer.toString(SECONDS))) {
            for (var side : new JavaProcess[] {ping, pong}) {
                System.out.println(kind + ": " + side.readLine(Duration.ofMinutes(15)) + " waits");
                assertThat(side.awaitExit()).isZero();
            }
        }
    }

    @Test
    void eachOfManySleepsOnManyRingsIsEndedByItsMessage() {
        assumeTrue(kind == RingKind.SPSC); // how one sleeps on many is the same for all
        var random = Seed.random("eachOfManySleepsOnManyRingsIsEndedByItsMessage");
        var rings = Integer.toString(RINGS);
        for (int i = 0; i < RINGS; i++) {
            kind.create(new RegionDirectory(directory), "there" + i, RingOptions.ofCapacity(4096).withParking());
        }
        kind.create(new RegionDirectory(directory), "back", RingOptions.ofCapacity(4096).withParking());
        try (var pong = start("pong-of-many", Long.toString(random.nextLong()), rings); var ping = start("ping-of-many",
            Long.toString(random.nextLong()), rings, Integer.toString(ROUNDS), Integer.toString(SECONDS))) {
            for (var side : new JavaProcess[] {ping, pong}) {
                System.out.println("one of " + RINGS + ": " + side.readLine(Duration.ofMinutes(15)) + " waits");
                assertThat(side.awaitExit()).isZero();
            }
        }
    }

    @Test
    void aMessageABatchAndTheSealWakeTheConsumer() {
        var ring = create();
        try (var producer = ring.producer(); var asleep = start("receive")) {
            producer.offer(1, BYTES, 0, 8);
            asleep.awaitLine("outcome 1");
            var claim = new Claim();
            producer.tryClaim(1, 8, claim);
            claim.commit();
            asleep.awaitLine("outcome 1");
            try (var batch = producer.batch()) {
                batch.offer(1, BYTES, 0, 8);
                batch.offer(1, BYTES, 0, 8);
                batch.publish();
            }
            asleep.awaitLine("outcome 2");
            producer.seal();
            asleep.awaitLine("outcome " + RingConsumer.END_OF_STREAM);
        }
    }

    @Test
    void theLastProducerToLeaveWakesTheConsumer() {
        var ring = create();
        var producer = ring.producer();
        try (var asleep = start("receive")) {
            producer.close();
            asleep.awaitLine("outcome " + RingConsumer.CLOSED);
        }
    }

    @Test
    void roomAndTheConsumersLeavingWakeTheProducer() {
        assumeTrue(kind.holdsItsProducerUp());
        var ring = create();
        var consumer = ring.consumer();
        try (var asleep = start("send")) {
            consumer.poll(IGNORE, 100);
            asleep.awaitLine("outcome 1");
            consumer.close();
            asleep.awaitLine("outcome " + kind.outcomeWithoutConsumer());
        }
    }

    private TestRing create() {
        return TestRing.create(kind, directory, RingOptions.ofCapacity(4096).withParking());
    }

    private JavaProcess start(String what, String... more) {
        var arguments = new String[3 + more.length];
        arguments[0] = what;
        arguments[1] = directory.toString();
        arguments[2] = kind.name();
        System.arraycopy(more, 0, arguments, 3, more.length);
        var worker = JavaProcess.start(WaitingWorker.class, arguments);
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }
}

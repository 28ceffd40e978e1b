package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A sealed stream has ended for good, for everybody; an end in order or by death has not. */
@ParameterizedClass
@EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
class SealTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    private final RingKind kind;

    @TempDir
    private Path directory;
    private TestRing ring;

    SealTest(RingKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void createRing() {
        ring = TestRing.create(kind, directory, RingOptions.ofCapacity(1024));
    }

    @Test
    void whatWasSentBeforeComesFirstAndThenTheEndForEver() {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            producer.offer(1, BYTES, 0, 100);
            producer.offer(2, BYTES, 0, 0);
            assertThat(producer.seal()).isEqualTo(producer.position());
            assertThat(consumer.peek(IGNORE, 10)).isEqualTo(2);
            assertThat(consumer.poll(IGNORE, 1)).isEqualTo(1);
            assertThat(consumer.poll(IGNORE, 10)).isEqualTo(1);
            for (int again = 0; again < 3; again++) {
                assertThat(consumer.poll(IGNORE, 10)).isEqualTo(RingConsumer.END_OF_STREAM);
                assertThat(consumer.peek(IGNORE, 10)).isEqualTo(RingConsumer.END_OF_STREAM);
            }
            assertThat(consumer.sequence()).as("the seal is no message").isEqualTo(2);
        }
        requireEnded();
    }

    @Test
    void aSealedProducerSendsNothing() {
        try (var producer = ring.producer()) {
            producer.seal();
            requireSealed(producer);
        }
        requireEnded();
    }

    @Test
    void itIsNoEndWhenAProducerLeftOrDied() {
        try (var consumer = ring.consumer()) {
            ring.producer().close();
            assertThat(consumer.poll(IGNORE, 1)).isEqualTo(RingConsumer.CLOSED);
            try (var producer = ring.producer()) {
                assertThat(producer.offer(1, BYTES, 0, 8)).isPositive();
                assertThat(producer.seal()).isPositive();
            }
            assertThat(consumer.poll(IGNORE, 1)).isEqualTo(1);
            assertThat(consumer.poll(IGNORE, 1)).as("and not CLOSED").isEqualTo(RingConsumer.END_OF_STREAM);
        }
    }

    @Test
    void whatIsOpenMustBeFinishedFirst() {
        try (var producer = ring.producer()) {
            var claim = new Claim();
            producer.tryClaim(1, 8, claim);
            assertThatThrownBy(producer::seal).isInstanceOf(IllegalStateException.class).hasMessageContaining("claim");
            claim.abort();
            try (var batch = producer.batch()) {
                assertThatThrownBy(producer::seal).isInstanceOf(IllegalStateException.class).hasMessageContaining("batch");
                assertThat(batch.offer(1, BYTES, 0, 8)).isPositive();
            }
            assertThat(producer.seal()).isGreaterThanOrEqualTo(0);
        }
    }

    /** At every fill level and every offset, the end of the ring included. */
    @Test
    void aFullRingCanBeSealedAtTheLatestWhenItHasBeenRead() {
        var random = Seed.random("aFullRingCanBeSealedAtTheLatestWhenItHasBeenRead");
        for (int round = 0; round < 200; round++) {
            ring.remove();
            createRing();
            try (var producer = ring.producer(); var consumer = ring.consumer()) {
                for (int turn = random.nextInt(4); turn >= 0; turn--) {
                    while (producer.offer(1, BYTES, 0, random.nextInt(129)) > 0) {
                        assertThat(producer.position()).isPositive();
                    }
                    consumer.poll(IGNORE, 1 + random.nextInt(20));
                }
                long sent = producer.sequence();
                long sealed = producer.seal();
                if (sealed == MessageSink.FULL) {
                    assertThat(kind).isEqualTo(RingKind.MPSC);
                    assertThat(consumer.poll(IGNORE, 20)).isPositive();
                    sealed = producer.seal();
                }
                assertThat(sealed).isPositive();
                while (consumer.poll(IGNORE, 20) != RingConsumer.END_OF_STREAM) {
                    assertThat(consumer.sequence()).isLessThanOrEqualTo(sent);
                }
                assertThat(consumer.sequence()).isEqualTo(sent);
                requireSealed(producer);
            }
        }
    }

    @Test
    void aProducerKilledAtAnyStoreHasSealedItOrNot() {
        boolean ended = false;
        int store = 0;
        while (!ended) {
            var process = new FaultyProcess();
            try (var producer = ring.producer(process.seam())) {
                producer.offer(1, BYTES, 0, 8);
                process.dieAfter(store++);
                producer.seal();
                ended = true;
            } catch (ProcessDied expected) {
                ended = false;
            }
            try (var consumer = ring.consumer()) {
                assertThat(consumer.poll(IGNORE, 10)).isEqualTo(1);
                Await.until("the death or the end is told", () -> consumer.poll(IGNORE, 10) != RingConsumer.EMPTY);
                assertThat(consumer.poll(IGNORE, 10)).isIn(RingConsumer.PRODUCER_DEAD, RingConsumer.END_OF_STREAM);
                ended |= consumer.poll(IGNORE, 10) == RingConsumer.END_OF_STREAM;
            }
        }
        requireEnded();
    }

    /** One of several producers seals it while the others send: what was accepted is read, and nothing is accepted behind the seal. */
    @Test
    void whatIsAcceptedIsBeforeTheSealAndIsRead() throws Exception {
        int others = kind == RingKind.MPSC ? 3 : 0;
        for (int round = 0; round < 50; round++) {
            ring.remove();
            createRing();
            var sending = new ArrayList<FutureTask<Long>>();
            try (var producer = ring.producer(); var consumer = ring.consumer()) {
                for (int i = 0; i < others; i++) {
                    sending.add(new FutureTask<>(this::sendUntilSealed));
                    Thread.ofPlatform().daemon().start(sending.getLast());
                }
                for (int i = 0; i < 100; i++) {
                    consumer.poll(IGNORE, 10);
                }
                while (producer.seal() == MessageSink.FULL) {
                    consumer.poll(IGNORE, 10);
                }
                Await.until("the end comes", () -> consumer.poll(IGNORE, 10) == RingConsumer.END_OF_STREAM);
                long sent = 0;
                for (var each : sending) {
                    sent += each.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
                }
                assertThat(consumer.sequence()).isEqualTo(sent);
            }
        }
    }

    private long sendUntilSealed() {
        try (var producer = ring.producer()) {
            long outcome = 0;
            while (outcome != MessageSink.SEALED) {
                outcome = producer.offer(1, BYTES, 0, 40);
            }
            return producer.sequence();
        }
    }

    private void requireSealed(RingProducer producer) {
        long sequence = producer.sequence();
        for (var outcome : List.of(producer.offer(1, BYTES, 0, 8), producer.tryClaim(1, 100, new Claim()), producer.seal())) {
            assertThat(outcome).isEqualTo(MessageSink.SEALED);
        }
        try (var batch = producer.batch()) {
            if (batch.offer(1, BYTES, 0, 8) > 0) { // a batch of many producers' is refused as a whole
                assertThat(batch.publish()).isEqualTo(MessageSink.SEALED);
            } else {
                assertThat(batch.offer(1, BYTES, 0, 8)).isEqualTo(MessageSink.SEALED);
            }
        }
        assertThat(producer.sequence()).isEqualTo(sequence);
    }

    /** Also for those who come later. */
    private void requireEnded() {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            requireSealed(producer);
            while (consumer.poll(IGNORE, 10) > 0) {
                assertThat(consumer.position()).isPositive();
            }
            assertThat(consumer.poll(IGNORE, 10)).isEqualTo(RingConsumer.END_OF_STREAM);
        }
        try (var consumer = ring.consumer()) {
            assertThat(consumer.poll(IGNORE, 10)).isEqualTo(RingConsumer.END_OF_STREAM);
        }
    }
}

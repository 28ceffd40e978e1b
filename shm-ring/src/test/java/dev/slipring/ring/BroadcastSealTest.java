package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link SealTest}, of a broadcast ring. Its death at every store of a seal is in {@link BroadcastCrashTest}. */
class BroadcastSealTest {
    private static final int CAPACITY = 4096;

    @TempDir
    private Path directory;
    private TestBroadcast ring;
    private long sent;

    @BeforeEach
    void createRing() {
        ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        sent = 0;
    }

    @Test
    void whatWasSentBeforeComesFirstAndThenTheEndForEver() {
        var readers = new ArrayList<BroadcastReader>();
        readers.add(ring.reader(JoinAt.latest()));
        readers.add(ring.parkingReader(JoinAt.latest()));
        readers.add(ring.subscriber(JoinAt.latest()));
        try (var producer = ring.producer()) {
            send(producer, 100);
            send(producer, 0);
            long end = producer.position();
            assertThat(producer.seal()).isEqualTo(end);
            assertThat(producer.position()).isEqualTo(end);
            for (var reader : readers) {
                requireAllAndThenTheEnd(reader, 0);
            }
            requireSealed(producer);
        }
        readers.forEach(BroadcastReader::close);
        requireEnded(0);
    }

    @Test
    void anEmptyStreamCanBeSealed() {
        try (var producer = ring.producer()) {
            assertThat(producer.seal()).isZero();
            requireSealed(producer);
        }
        requireEnded(0);
    }

    /** Who was overtaken is told first what it lost. */
    @Test
    void aReaderThatWasOvertakenComesToTheEndToo() {
        try (var producer = ring.producer(); var slow = ring.reader(JoinAt.latest()); var inPlace = ring.reader(JoinAt.latest())) {
            for (int i = 0; i < 3 * CAPACITY / BroadcastDescriptor.ALIGNMENT; i++) { // the seal is where the readers look
                send(producer, 40);
            }
            producer.seal();
            requireAllAndThenTheEnd(slow, 100);
            int whole = 0;
            while (inPlace.receiveNext()) {
                whole += inPlace.validate() ? 1 : 0;
            }
            assertThat(whole).isBetween(1, 100);
            assertThat(inPlace.sequence()).isEqualTo(sent);
            assertThat(inPlace.poll(new BroadcastLog(inPlace), 1)).isEqualTo(RingConsumer.END_OF_STREAM);
        }
        requireEnded(100);
    }

    /** Wherever the end is, just behind a lap too, and although a subscriber lets nothing be sent. */
    @Test
    void aFullRingCanBeSealedAtAnyPlace() {
        var random = Seed.random("aFullRingCanBeSealedAtAnyPlace");
        for (int round = 0; round < 200; round++) {
            ring.remove();
            createRing();
            try (var producer = ring.producer(); var subscriber = ring.subscriber(JoinAt.latest())) {
                var log = new BroadcastLog(subscriber);
                for (int turn = random.nextInt(4); turn >= 0; turn--) {
                    while (send(producer, random.nextInt(505)) > 0) {
                        assertThat(producer.sequence()).isEqualTo(sent);
                    }
                    subscriber.poll(log, 1 + random.nextInt(60));
                }
                assertThat(producer.seal()).isEqualTo(producer.position());
                requireSealed(producer);
                while (subscriber.poll(log, 10) > 0) {
                    assertThat(log.lost()).isZero();
                }
                assertThat(subscriber.poll(log, 10)).isEqualTo(RingConsumer.END_OF_STREAM);
                assertThat(log.next()).isEqualTo(sent);
            }
            requireEnded(0);
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
                assertThat(batch.publish()).isZero();
            }
            assertThat(producer.seal()).isZero();
        }
    }

    private long send(RingProducer producer, int length) {
        var message = new Message(sent, length);
        long outcome = producer.offer(message.type(), message.bytes(), 0, length);
        if (outcome > 0) {
            sent++;
        }
        return outcome;
    }

    private void requireAllAndThenTheEnd(BroadcastReader reader, long atLeastLost) {
        var log = new BroadcastLog(reader);
        while (reader.poll(log, 1) > 0) {
            assertThat(reader.sequence()).isEqualTo(log.next());
        }
        assertThat(log.next()).isEqualTo(sent);
        assertThat(log.lost()).isGreaterThanOrEqualTo(atLeastLost);
        for (int again = 0; again < 3; again++) {
            assertThat(reader.isReady()).isTrue();
            assertThat(reader.receiveNext()).isFalse();
            assertThat(reader.poll(log, 1)).isEqualTo(RingConsumer.END_OF_STREAM);
        }
    }

    private void requireSealed(RingProducer producer) {
        var bytes = new Message(0, 8).bytes();
        for (long outcome : List.of(producer.offer(1, bytes, 0, 8), producer.tryClaim(1, 100, new Claim()), producer.seal())) {
            assertThat(outcome).isEqualTo(MessageSink.SEALED);
        }
        try (var batch = producer.batch()) {
            assertThat(batch.offer(1, bytes, 0, 8)).isPositive();
            assertThat(batch.publish()).isEqualTo(MessageSink.SEALED);
        }
        assertThat(producer.sequence()).isEqualTo(sent);
    }

    /** Also for those who come later. */
    private void requireEnded(long lostFromTheFirst) {
        try (var producer = ring.producer()) {
            requireSealed(producer);
            for (var where : List.of(JoinAt.oldest(), JoinAt.latest(), JoinAt.sequence(sent + 5))) {
                try (var reader = ring.reader(where); var subscriber = ring.subscriber(where)) {
                    for (var each : List.of(reader, subscriber)) {
                        var log = new BroadcastLog(each);
                        while (each.poll(log, 10) > 0) {
                            assertThat(log.lost()).isZero();
                        }
                        assertThat(each.poll(log, 10)).isEqualTo(RingConsumer.END_OF_STREAM);
                    }
                }
            }
            try (var reader = ring.reader(JoinAt.sequence(0))) {
                requireAllAndThenTheEnd(reader, lostFromTheFirst);
            }
        }
    }
}

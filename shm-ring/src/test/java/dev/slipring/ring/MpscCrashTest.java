package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.process.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Death instead of every single store of one side of an MPSC ring, while the others go on between its stores and after its end: no message
 * is lost, repeated, torn or foreign. {@link RingCrashTest} has the deaths among which nobody else does anything.
 */
class MpscCrashTest {
    /** A few records of the lap before everywhere, and the positions beyond 32 bits. */
    private static final RingOptions OPTIONS = RingOptions.ofCapacity(1024).startingAt((1L << 32) - 512);
    private static final int MAX_STORES = 2_000;
    private static final int VICTIM = 9;

    @TempDir
    private Path directory;

    /** What the producer that is to die does. */
    enum Sending {
        OFFERS {
            @Override
            void run(RingProducer producer, Ledger ledger) {
                for (int length : new int[] {0, 100, 24}) {
                    var message = ledger.next(VICTIM, length);
                    ledger.sending(message);
                    if (producer.offer(message.type(), message.bytes(), 0, length) > 0) {
                        ledger.sent(message);
                    } else {
                        ledger.sending();
                    }
                }
            }
        },
        CLAIMS {
            @Override
            void run(RingProducer producer, Ledger ledger) {
                var claim = new Claim();
                for (int length : new int[] {90, 8, 30}) {
                    if (producer.tryClaim(1, 40, claim) > 0) {
                        new Message(7, 40).writeTo(claim.buffer());
                        claim.abort();
                    }
                    var message = ledger.next(VICTIM, length);
                    if (producer.tryClaim(message.type(), 100, claim) > 0) {
                        message.writeTo(claim.buffer());
                        ledger.sending(message);
                        claim.commit(length);
                        ledger.sent(message);
                    }
                }
            }
        },
        BATCHES {
            @Override
            void run(RingProducer producer, Ledger ledger) {
                for (int round = 0; round < 2; round++) {
                    var first = ledger.next(VICTIM, 20);
                    var second = ledger.next(VICTIM, 5);
                    ledger.sending(first, second);
                    try (var batch = producer.batch()) {
                        batch.offer(first.type(), first.bytes(), 0, first.length());
                        batch.offer(second.type(), second.bytes(), 0, second.length());
                        if (batch.publish() > 0) {
                            ledger.sent(first, second);
                        } else {
                            ledger.sending();
                        }
                    }
                }
            }
        },
        SEALS {
            @Override
            void run(RingProducer producer, Ledger ledger) {
                OFFERS.run(producer, ledger);
                while (producer.seal() == MessageSink.FULL) { // those in between make room
                    assertThat(producer.position()).isPositive();
                }
            }
        };

        abstract void run(RingProducer producer, Ledger ledger);
    }

    /** The ring, those who live through it, and what they do now and then. */
    private final class Scene implements AutoCloseable {
        private final TestRing ring = TestRing.create(RingKind.MPSC, directory, OPTIONS);
        private final Ledger ledger = new Ledger();
        private final List<RingProducer> others = new ArrayList<>();
        private @Nullable RingConsumer consumer;
        private long released;
        private int turn;

        Scene(int producers, int warmUp) {
            for (int i = 0; i < producers; i++) {
                others.add(ring.producer());
            }
            takeOver();
            for (int i = 0; i < warmUp; i++) {
                offer();
                poll(10);
            }
        }

        void takeOver() {
            consumer = ring.consumer();
            assertThat(consumer.position()).as("nothing that was released comes again").isGreaterThanOrEqualTo(released);
        }

        void offer() {
            if (!others.isEmpty()) {
                int flow = turn++ % others.size();
                ledger.offer(others.get(flow), flow, turn * 37 % 129);
            }
        }

        void poll(int limit) {
            var living = consumer;
            if (living != null) {
                assertThat(living.poll(ledger.of(living), limit)).as("nobody is declared dead who lives").isNotEqualTo(
                    others.isEmpty() ? 1 : RingConsumer.CLOSED);
                released = living.position();
            }
        }

        /** One of the others sends, and one message is read. Not before every third, or one that claims would lose each time. */
        Interjection goOnBetweenStores() {
            int[] stores = {0};
            return (area, call, arguments) -> {
                if (area != Area.PARTICIPANTS && area != Area.COUNTERS && isStore(call) && ++stores[0] % 3 != 0) {
                    offer();
                    poll(1);
                }
            };
        }

        @Override
        public void close() {
            for (int i = 0; i < 20; i++) { // more than fits
                offer();
            }
            others.forEach(RingProducer::close);
            var last = Objects.requireNonNull(consumer);
            Await.until("the end is told", () -> {
                int outcome = RingConsumer.EMPTY;
                for (int i = 0; i < 2000 && outcome >= 0; i++) { // it asks about the dead after 1024
                    outcome = last.poll(ledger.of(last), 3);
                }
                return outcome < 0;
            });
            ledger.close();
            last.close();
            ring.remove();
        }
    }

    private static boolean isStore(String call) {
        return call.startsWith("put") || call.startsWith("compareAndSet") || call.startsWith("copyIn");
    }

    @ParameterizedTest
    @EnumSource
    void aProducerKilledAtAnyStoreAmongOthersWhoGoOn(Sending script) {
        for (int producers = 1; producers <= 2; producers++) {
            int store = 0;
            while (producerDies(script, producers, 5 * producers, store, store % 2 == 0 ? null : Long.valueOf(store))) {
                store++;
                assertThat(store).isLessThan(MAX_STORES);
            }
            assertThat(store).isGreaterThan(10);
        }
    }

    private boolean producerDies(Sending script, int producers, int warmUp, int store, @Nullable Long weakSeed) {
        var process = new FaultyProcess();
        process.dieAfter(store, weakSeed);
        try (var scene = new Scene(producers, warmUp)) {
            return process.live(() -> scene.ring.producer(scene.goOnBetweenStores().over(process.seam())), victim ->
                script.run(victim, scene.ledger));
        } catch (Throwable e) {
            throw new AssertionError(script + " beside " + producers + " after " + warmUp + ", died at store " + store + ", seed "
                + weakSeed, e);
        }
    }

    /** The consumer, with producers that fill the ring between its stores; one of them may be dead, with its claim open. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "3, true"})
    void aConsumerKilledAtAnyStoreAmongProducersWhoGoOn(int producers, boolean deadClaim) {
        for (int warmUp : new int[] {0, 7}) {
            int store = 0;
            while (consumerDies(producers, deadClaim, warmUp, store, store % 2 == 0 ? null : Long.valueOf(store))) {
                store++;
                assertThat(store).isLessThan(MAX_STORES);
            }
            assertThat(store).isGreaterThan(10);
        }
    }

    private boolean consumerDies(int producers, boolean deadClaim, int warmUp, int store, @Nullable Long weakSeed) {
        var process = new FaultyProcess();
        process.dieAfter(store, weakSeed);
        try (var scene = new Scene(producers, warmUp)) {
            Objects.requireNonNull(scene.consumer).close();
            scene.consumer = null;
            for (int i = 0; i < 4; i++) {
                scene.offer();
            }
            if (deadClaim) {
                var dead = scene.ring.producer();
                dead.tryClaim(1, 100, new Claim());
                dead.close();
            }
            boolean died = process.live(() -> scene.ring.consumer(scene.goOnBetweenStores().over(process.seam()),
                ConsumerOptions.STANDARD.releaseEvery(128)), victim -> consume(scene, victim));
            scene.takeOver();
            return died;
        } catch (Throwable e) {
            throw new AssertionError(producers + " producers" + (deadClaim ? " and a dead one" : "") + " after " + warmUp
                + ", died at store " + store + ", seed " + weakSeed, e);
        }
    }

    private static void consume(Scene scene, RingConsumer victim) {
        for (int poll = 0; poll < 6; poll++) {
            for (int i = 0; i < 3; i++) {
                scene.offer();
            }
            int outcome = RingConsumer.EMPTY;
            for (int i = 0; i < 3000 && outcome <= 0; i++) { // long enough to ask about the dead
                outcome = victim.poll(scene.ledger.of(victim), 4);
            }
            scene.released = victim.position();
        }
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.MemorySeam;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link RingCrashTest}, of a broadcast ring. */
class BroadcastCrashTest {
    /** A new ring, and one that went around, with its end in the way. */
    private static final int[] WARM_UPS = {0, 126};
    private static final int MAX_STORES = 1_000;

    @TempDir
    private Path directory;

    /** What a producer may be doing when it dies; each raises its intent and, depending on where it starts, wraps. */
    enum Sending implements BroadcastCrash.ProducerScript {
        OFFERS {
            @Override
            public void run(RingProducer producer, BroadcastCrash crash) {
                for (int length : new int[] {0, 40, 100, 7}) {
                    var message = crash.next(length, 0);
                    crash.sending(1);
                    assertThat(producer.offer(message.type(), message.bytes(), 0, length)).isPositive();
                    crash.done();
                }
            }
        },
        CLAIMS {
            @Override
            public void run(RingProducer producer, BroadcastCrash crash) {
                var claim = new Claim();
                for (int length : new int[] {16, 0, 50}) {
                    assertThat(producer.tryClaim(1, 120, claim)).isPositive();
                    new Message(999, 120).writeTo(claim.buffer());
                    claim.abort();
                    var message = crash.next(length, 0);
                    assertThat(producer.tryClaim(message.type(), length + 70, claim)).isPositive();
                    message.writeTo(claim.buffer());
                    crash.sending(1);
                    claim.commit(length);
                    crash.done();
                }
            }
        },
        BATCHES {
            @Override
            public void run(RingProducer producer, BroadcastCrash crash) {
                for (int round = 0; round < 2; round++) {
                    try (var batch = producer.batch()) {
                        for (int i = 0; i < 3; i++) {
                            var message = crash.next(i * 30, i);
                            assertThat(batch.offer(message.type(), message.bytes(), 0, message.length())).isPositive();
                        }
                        crash.sending(3);
                        assertThat(batch.publish()).isPositive();
                        crash.done();
                    }
                }
            }
        },
        SEALS {
            @Override
            public void run(RingProducer producer, BroadcastCrash crash) {
                OFFERS.run(producer, crash);
                crash.sealing();
                assertThat(producer.seal()).isEqualTo(producer.position());
                assertThat(producer.seal()).isEqualTo(MessageSink.SEALED);
            }
        }
    }

    /** What a subscriber may be doing when it dies. */
    enum Receiving implements BroadcastCrash.SubscriberScript {
        POLLS {
            @Override
            public void run(BroadcastReader subscriber, BroadcastLog log) {
                for (int limit = 1; limit < 8; limit++) {
                    subscriber.poll(log, limit);
                }
            }
        },
        READS_IN_PLACE {
            @Override
            public void run(BroadcastReader subscriber, BroadcastLog log) {
                for (int i = 0; i < 10; i++) {
                    log.receiveNext();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProducerKilledAtAnyStoreLosesNothingThatItDoesNotTellAndDestroysNothingThatIsRead(Sending script) {
        assertThat(sweepProducer(script, UnaryOperator.identity())).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberKilledAtAnyStoreHoldsNobodyUp(Receiving script) {
        int store = 0;
        while (dies("subscriber", 130, store, null, script, UnaryOperator.identity())) {
            store++;
            assertThat(store).isLessThan(MAX_STORES);
        }
        assertThat(store).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource
    void everyMutationOfTheOrderOfStoresIsNoticed(Mutation mutation) {
        assertThatThrownBy(() -> sweepProducer(Sending.OFFERS, mutation::over)).isInstanceOf(AssertionError.class);
    }

    /** Returns how many stores the script makes. */
    private int sweepProducer(Sending script, UnaryOperator<MemorySeam> mutation) {
        int longest = 0;
        for (int warmUp : WARM_UPS) {
            int store = 0;
            while (dies("producer", warmUp, store, null, script, mutation)) {
                dies("producer", warmUp, store, (long) store, script, mutation);
                store++;
                assertThat(store).isLessThan(MAX_STORES);
            }
            longest = Math.max(longest, store);
        }
        return longest;
    }

    private boolean dies(String who, int warmUp, int store, @Nullable Long seed, Object script, UnaryOperator<MemorySeam> mutation) {
        try {
            var crash = new BroadcastCrash(directory, mutation);
            return script instanceof Sending sending ? crash.producerDiesAt(store, seed, warmUp, sending)
                : crash.subscriberDiesAt(store, seed, warmUp, (Receiving) script);
        } catch (Throwable e) {
            throw new AssertionError(who + " " + script + " after " + warmUp + " messages, died at store " + store + ", seed " + seed, e);
        }
    }
}

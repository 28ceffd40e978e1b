package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.MemorySeam;
import dev.slipring.core.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Death instead of every single store of attach, send and receive; on a machine that keeps program order, and on one that does not. */
class RingCrashTest {
    private static final RingOptions SMALL = RingOptions.ofCapacity(1024);
    private static final RingOptions ROOMY = RingOptions.ofCapacity(2048).startingAt((1L << 32) - 512);
    private static final RingOptions TIGHT = new RingOptions(256, 8, (1L << 32) - 192, false, Schema.NONE);
    private static final int WEAK_SEEDS = Integer.getInteger("slipring.weak.seeds", 1);
    private static final int MAX_STORES = 2_000;

    @TempDir
    private Path directory;

    /** What a producer may be doing when it dies. */
    enum Sending implements RingCrash.ProducerScript {
        OFFERS {
            @Override
            public void run(RingProducer producer, RingCrash crash) {
                for (int length : new int[] {0, 5, 24, 32, 9}) {
                    var message = crash.next(length);
                    crash.sending(message);
                    assertThat(producer.offer(message.type(), message.bytes(), 0, length)).isPositive();
                    crash.done();
                }
            }
        },
        CLAIMS {
            @Override
            public void run(RingProducer producer, RingCrash crash) {
                var claim = new Claim();
                for (int length : new int[] {16, 32, 0, 7}) {
                    int abandoned = Math.min(producer.maxMessageLength(), 128);
                    assertThat(producer.tryClaim(1, abandoned, claim)).isPositive();
                    new Message(999, abandoned).writeTo(claim.buffer());
                    claim.abort();
                    var message = crash.next(length);
                    assertThat(producer.tryClaim(message.type(), Math.min(length + 11, producer.maxMessageLength()), claim)).isPositive();
                    message.writeTo(claim.buffer());
                    crash.sending(message);
                    claim.commit(length);
                    crash.done();
                }
            }
        },
        BATCHES {
            @Override
            public void run(RingProducer producer, RingCrash crash) {
                try (var batch = producer.batch()) {
                    batch.offer(1, new Message(999, 20).bytes(), 0, 20);
                }
                for (int round = 0; round < 2; round++) {
                    var first = crash.next(8);
                    var second = new Message(first.number() + 1, 30);
                    var third = new Message(first.number() + 2, 1);
                    crash.sending(first, second, third);
                    try (var batch = producer.batch()) {
                        for (var message : List.of(first, second, third)) {
                            assertThat(batch.offer(message.type(), message.bytes(), 0, message.length())).isPositive();
                        }
                        batch.publish();
                    }
                    crash.done();
                }
            }
        }
    }

    /** What a consumer may be doing when it dies. */
    enum Receiving implements RingCrash.ConsumerScript {
        POLLS_ONE_BY_ONE {
            @Override
            public void run(RingConsumer consumer, RingCrash crash) {
                while (consumer.poll(crash::receive, 1) > 0) {
                    consumer.position();
                }
            }
        },
        POLLS_ALL_AT_ONCE {
            @Override
            public void run(RingConsumer consumer, RingCrash crash) {
                consumer.poll(crash::receive, 100);
            }
        },
        COMMITS_EACH {
            @Override
            public void run(RingConsumer consumer, RingCrash crash) {
                consumer.controlledPoll((type, buffer, offset, length) -> {
                    crash.receive(type, buffer, offset, length);
                    return ControlledMessageHandler.Action.COMMIT;
                }, 100);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProducerKilledAtAnyStoreLosesNothingAndLeavesNothingHalfSent(Sending script) {
        assertThat(sweepProducer(RingKind.SPSC, SMALL, script, UnaryOperator.identity())).isGreaterThan(20);
        assertThat(sweepProducer(RingKind.SPSC, TIGHT, script, UnaryOperator.identity())).isGreaterThan(20);
        assertThat(sweepProducer(RingKind.MPSC, ROOMY, script, UnaryOperator.identity())).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource
    void aConsumerKilledAtAnyStoreLosesNothing(Receiving script) {
        sweepConsumer(RingKind.SPSC, SMALL, script);
        sweepConsumer(RingKind.SPSC, TIGHT, script);
        sweepConsumer(RingKind.MPSC, ROOMY, script);
    }

    private void sweepConsumer(RingKind kind, RingOptions options, Receiving script) {
        for (int warmUp : new int[] {0, 7, 12}) {
            int store = 0;
            while (consumerDies(kind, options, warmUp, store, null, script)) {
                for (long seed = 0; seed < WEAK_SEEDS; seed++) {
                    consumerDies(kind, options, warmUp, store, seed, script);
                }
                store++;
                assertThat(store).isLessThan(MAX_STORES);
            }
            assertThat(store).isGreaterThan(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMutationOfTheOrderOfStoresIsNoticed(Mutation mutation) {
        assertThatThrownBy(() -> sweepProducer(RingKind.SPSC, SMALL, Sending.OFFERS, mutation::over))
            .isInstanceOf(AssertionError.class);
    }

    /** Returns how many stores the script makes. */
    private int sweepProducer(RingKind kind, RingOptions options, Sending script, UnaryOperator<MemorySeam> mutation) {
        int longest = 0;
        for (int warmUp = 0; warmUp < 24; warmUp += 3) { // different places, wraps and old records
            int store = 0;
            while (producerDies(kind, options, warmUp, store, null, script, mutation)) {
                for (long seed = 0; seed < WEAK_SEEDS; seed++) {
                    producerDies(kind, options, warmUp, store, seed, script, mutation);
                }
                store++;
                assertThat(store).isLessThan(MAX_STORES);
            }
            longest = Math.max(longest, store);
        }
        return longest;
    }

    private boolean producerDies(RingKind kind, RingOptions options, int warmUp, int store, @Nullable Long seed, Sending script,
        UnaryOperator<MemorySeam> mutation) {
        try {
            return new RingCrash(kind, directory, options, warmUp, mutation).producerDiesAt(store, seed, script);
        } catch (Throwable e) {
            throw new AssertionError(kind + " " + script + " after " + warmUp + " messages, died at store " + store + ", seed " + seed, e);
        }
    }

    private boolean consumerDies(RingKind kind, RingOptions options, int warmUp, int store, @Nullable Long seed, Receiving script) {
        try {
            var waiting = List.of(3, 0, 30, 17, 32, 8);
            return new RingCrash(kind, directory, options, warmUp, UnaryOperator.identity())
                .consumerDiesAt(store, seed, waiting, ConsumerOptions.STANDARD.releaseEvery(48), script);
        } catch (Throwable e) {
            throw new AssertionError(kind + " " + script + " after " + warmUp + " messages, died at store " + store + ", seed " + seed, e);
        }
    }
}

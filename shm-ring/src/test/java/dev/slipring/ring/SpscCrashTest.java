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
class SpscCrashTest {
    private static final RingOptions SMALL = RingOptions.ofCapacity(1024);
    private static final RingOptions TIGHT = new RingOptions(256, 8, (1L << 32) - 192, false, Schema.NONE);
    private static final int WEAK_SEEDS = 3;
    private static final int MAX_STORES = 2_000;

    @TempDir
    private Path directory;

    /** What a producer may be doing when it dies. */
    enum Sending implements SpscCrash.ProducerScript {
        OFFERS {
            @Override
            public void run(RingProducer producer, SpscCrash crash) {
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
            public void run(RingProducer producer, SpscCrash crash) {
                var claim = new Claim();
                for (int length : new int[] {16, 32, 0, 7}) {
                    producer.tryClaim(1, producer.maxMessageLength(), claim);
                    new Message(999, producer.maxMessageLength()).writeTo(claim.buffer());
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
            public void run(RingProducer producer, SpscCrash crash) {
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
    enum Receiving implements SpscCrash.ConsumerScript {
        POLLS_ONE_BY_ONE {
            @Override
            public void run(RingConsumer consumer, SpscCrash crash) {
                while (consumer.poll(crash::receive, 1) > 0) {
                    consumer.position();
                }
            }
        },
        POLLS_ALL_AT_ONCE {
            @Override
            public void run(RingConsumer consumer, SpscCrash crash) {
                consumer.poll(crash::receive, 100);
            }
        },
        COMMITS_EACH {
            @Override
            public void run(RingConsumer consumer, SpscCrash crash) {
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
        assertThat(sweepProducer(SMALL, script, UnaryOperator.identity())).isGreaterThan(20);
        assertThat(sweepProducer(TIGHT, script, UnaryOperator.identity())).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource
    void aConsumerKilledAtAnyStoreLosesNothing(Receiving script) {
        for (var options : List.of(SMALL, TIGHT)) {
            for (int warmUp : new int[] {0, 7, 12}) {
                int store = 0;
                while (consumerDies(options, warmUp, store, null, script)) {
                    for (long seed = 0; seed < WEAK_SEEDS; seed++) {
                        consumerDies(options, warmUp, store, seed, script);
                    }
                    store++;
                    assertThat(store).isLessThan(MAX_STORES);
                }
                assertThat(store).isGreaterThan(10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMutationOfTheOrderOfStoresIsNoticed(Mutation mutation) {
        assertThatThrownBy(() -> sweepProducer(SMALL, Sending.OFFERS, mutation::over)).isInstanceOf(AssertionError.class).satisfies(
            e -> e.printStackTrace());
    }

    /** Returns how many stores the script makes. */
    private int sweepProducer(RingOptions options, Sending script, UnaryOperator<MemorySeam> mutation) {
        int longest = 0;
        for (int warmUp = 0; warmUp < 24; warmUp += 3) { // different places, wraps and old records
            int store = 0;
            while (producerDies(options, warmUp, store, null, script, mutation)) {
                for (long seed = 0; seed < WEAK_SEEDS; seed++) {
                    producerDies(options, warmUp, store, seed, script, mutation);
                }
                store++;
                assertThat(store).isLessThan(MAX_STORES);
            }
            longest = Math.max(longest, store);
        }
        return longest;
    }

    private boolean producerDies(RingOptions options, int warmUp, int store, @Nullable Long seed, Sending script,
        UnaryOperator<MemorySeam> mutation) {
        try {
            return new SpscCrash(directory, options, warmUp, mutation).producerDiesAt(store, seed, script);
        } catch (Throwable e) {
            throw new AssertionError(script + " after " + warmUp + " messages, died at store " + store + ", weak seed " + seed, e);
        }
    }

    private boolean consumerDies(RingOptions options, int warmUp, int store, @Nullable Long seed, Receiving script) {
        try {
            var waiting = List.of(3, 0, 30, 17, 32, 8);
            return new SpscCrash(directory, options, warmUp, UnaryOperator.identity())
                .consumerDiesAt(store, seed, waiting, ConsumerOptions.STANDARD.releaseEvery(48), script);
        } catch (Throwable e) {
            throw new AssertionError(script + " after " + warmUp + " messages, died at store " + store + ", weak seed " + seed, e);
        }
    }
}

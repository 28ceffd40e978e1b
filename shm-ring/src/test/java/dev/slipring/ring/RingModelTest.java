package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Schema;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ring does what a queue of limited size does, whatever is asked of it in whatever order. */
class RingModelTest {
    private static final int STEPS = 100_000;

    @TempDir
    private Path directory;

    private final Deque<Message> queue = new ArrayDeque<>();
    private Iterator<Message> expected = queue.iterator();
    private long sent;
    private long consumed;

    @ParameterizedTest
    @CsvSource({
        "SPSC, 1024, 64, 0",
        "SPSC, 4096, 64, 2147483136",
        "SPSC, 128, 8, 4294967232",
        "SPSC, 2048, 8, 9223370937343148032",
        "SPSC, 65536, 64, 9223370937343148032",
        "MPSC, 1024, 64, 0",
        "MPSC, 4096, 64, 2147483136",
        "MPSC, 2048, 64, 4294966272",
        "MPSC, 65536, 64, 9223370937343148032"
    })
    void behavesAsAQueueUnderRandomOperations(RingKind kind, int capacity, int alignment, long start) {
        var random = Seed.random("RingModelTest " + kind + "/" + capacity + "/" + alignment + "/" + start);
        var ring = TestRing.create(kind, directory, new RingOptions(capacity, alignment, start, false, Schema.NONE));
        var producer = ring.producer();
        long sentByOthers = 0;
        var consumer = ring.consumer();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> offer(producer, random);
                case 3, 4, 5 -> claim(producer, random);
                case 6, 7 -> batch(producer, random);
                case 8, 9, 10 -> poll(consumer, random);
                case 11, 12 -> controlledPoll(consumer, random);
                case 13 -> peek(consumer, random);
                case 14 -> failingHandler(consumer);
                default -> {
                    if (random.nextInt(20) == 0) {
                        producer.close();
                        producer = ring.producer();
                        sentByOthers = kind == RingKind.MPSC ? sent : 0;
                    }
                    if (random.nextInt(20) == 0) {
                        consumer.close();
                        consumer = ring.consumer();
                    }
                }
            }
            assertThat(producer.sequence()).isEqualTo(sent - sentByOthers);
            assertThat(consumer.sequence()).isEqualTo(consumed);
        }
        poll(consumer, Integer.MAX_VALUE);
        assertThat(queue).isEmpty();
        assertThat(consumer.position()).isEqualTo(producer.position());
        assertThat(producer.position() - start).as("went around often").isGreaterThan(20L * capacity);
        producer.close();
        consumer.close();
    }

    @ParameterizedTest
    @CsvSource({"SPSC, 1024, 64", "SPSC, 512, 8", "MPSC, 1024, 64"})
    void everyLengthPassesAtEveryPlaceOfTheRing(RingKind kind, int capacity, int alignment) {
        for (long start = 0; start < capacity; start += 64) {
            var ring = TestRing.create(kind, directory, new RingOptions(capacity, alignment, start, false, Schema.NONE));
            try (var producer = ring.producer(); var consumer = ring.consumer()) {
                for (int length = 0; length <= producer.maxMessageLength(); length++) {
                    var message = new Message(sent++, length);
                    assertThat(producer.offer(message.type(), message.bytes(), 0, length)).isPositive();
                    queue.add(message);
                    poll(consumer, 1);
                }
            }
            ring.remove();
        }
    }

    private void offer(RingProducer producer, RandomGenerator random) {
        var message = randomMessage(producer, random, sent);
        long before = producer.position();
        long result = producer.offer(message.type(), message.bytes(), 0, message.length());
        account(result, before, producer, List.of(message));
    }

    private void claim(RingProducer producer, RandomGenerator random) {
        var message = randomMessage(producer, random, sent);
        int claimed = message.length() + random.nextInt(producer.maxMessageLength() - message.length() + 1);
        long before = producer.position();
        var claim = new Claim();
        long result = producer.tryClaim(message.type(), claimed, claim);
        if (result > 0) {
            message.writeTo(claim.buffer());
            assertThat(claim.length()).isEqualTo(claimed);
            if (random.nextInt(4) == 0) {
                claim.close();
                return;
            }
            claim.commit(message.length());
        }
        account(result, before, producer, List.of(message));
    }

    private void batch(RingProducer producer, RandomGenerator random) {
        var batched = new ArrayList<Message>();
        long before = producer.position();
        try (var batch = producer.batch()) {
            for (int i = random.nextInt(6); i > 0; i--) {
                var message = randomMessage(producer, random, sent + batched.size());
                if (batch.offer(message.type(), message.bytes(), 0, message.length()) < 0) {
                    break;
                }
                batched.add(message);
            }
            assertThat(producer.position()).isEqualTo(before);
            if (random.nextBoolean()) {
                long result = batch.publish();
                if (batched.isEmpty()) {
                    assertThat(result).isEqualTo(before);
                } else {
                    account(result, before, producer, batched);
                }
            }
        }
    }

    private void account(long result, long before, RingProducer producer, List<Message> messages) {
        if (result > 0) {
            assertThat(producer.position()).isGreaterThan(before).isLessThanOrEqualTo(result);
            queue.addAll(messages);
            sent += messages.size();
        } else {
            assertThat(result).isEqualTo(MessageSink.FULL);
            assertThat(producer.position()).isEqualTo(before);
        }
    }

    private void poll(RingConsumer consumer, RandomGenerator random) {
        poll(consumer, 1 + random.nextInt(5));
    }

    private void poll(RingConsumer consumer, int limit) {
        int waiting = queue.size();
        int delivered = consumer.poll(this::consume, limit);
        assertThat(delivered).isEqualTo(Math.min(waiting, limit));
    }

    private void controlledPoll(RingConsumer consumer, RandomGenerator random) {
        int waiting = queue.size();
        int limit = 1 + random.nextInt(5);
        boolean[] stopped = {false};
        int delivered = consumer.controlledPoll((type, buffer, offset, length) -> {
            assertThat(consumer.sequence()).isEqualTo(consumed);
            var action = ControlledMessageHandler.Action.values()[random.nextInt(4)];
            stopped[0] = action == ControlledMessageHandler.Action.ABORT || action == ControlledMessageHandler.Action.BREAK;
            if (action == ControlledMessageHandler.Action.ABORT) {
                assertThat(Message.read(consumed, type, buffer, offset, length)).isEqualTo(queue.peek());
            } else {
                consume(type, buffer, offset, length);
            }
            return action;
        }, limit);
        assertThat(delivered).isEqualTo(waiting - queue.size());
        assertThat(stopped[0] || delivered == Math.min(waiting, limit)).isTrue();
    }

    private void peek(RingConsumer consumer, RandomGenerator random) {
        int limit = 1 + random.nextInt(5);
        long from = consumed;
        long[] seen = {0};
        expected = queue.iterator();
        assertThat(consumer.peek((type, buffer, offset, length) ->
            assertThat(Message.read(from + seen[0]++, type, buffer, offset, length)).isEqualTo(expected.next()), limit))
            .isEqualTo(Math.min(queue.size(), limit));
    }

    /** A failed message comes again, and those before it do not. */
    private void failingHandler(RingConsumer consumer) {
        int waiting = queue.size();
        var failure = new IllegalStateException("on purpose");
        int[] calls = {0};
        try {
            consumer.poll((type, buffer, offset, length) -> {
                if (++calls[0] == 2) {
                    throw failure;
                }
                consume(type, buffer, offset, length);
            }, 3);
            assertThat(waiting).isLessThan(2);
        } catch (IllegalStateException e) {
            assertThat(e).isSameAs(failure);
        }
        assertThat(queue.size()).isEqualTo(Math.max(0, waiting - 1));
    }

    private void consume(int type, DirectBuffer buffer, int offset, int length) {
        assertThat(Message.read(consumed++, type, buffer, offset, length)).isEqualTo(queue.remove());
    }

    private static Message randomMessage(RingProducer producer, RandomGenerator random, long number) {
        return new Message(number, random.nextInt(producer.maxMessageLength() + 1));
    }
}

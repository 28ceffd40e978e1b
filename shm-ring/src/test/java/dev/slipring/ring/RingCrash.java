package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.FaultyProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a ring dies at a chosen store of a sequence of operations; then both sides attach anew, and what they find is compared with
 * what was known to be sent and delivered.
 */
final class RingCrash {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    private final RingKind kind;
    private final Path directory;
    private final RingOptions options;
    private final int warmUp;
    private final UnaryOperator<MemorySeam> mutation;

    /** Messages whose sending operation returned; then those of the operation in progress, which come all or not at all. */
    private final List<Message> sent = new ArrayList<>();
    private List<Message> inFlight = List.of();
    private long delivered;
    private long firstUndelivered;

    /**
     * @param warmUp messages that go through before, so that there are old records everywhere
     */
    RingCrash(RingKind kind, Path directory, RingOptions options, int warmUp, UnaryOperator<MemorySeam> mutation) {
        this.kind = kind;
        this.directory = directory;
        this.options = options;
        this.warmUp = warmUp;
        this.mutation = mutation;
    }

    /** What the producer that is to die does; it tells {@code crash} what it is about to send. */
    @FunctionalInterface
    interface ProducerScript {
        void run(RingProducer producer, RingCrash crash);
    }

    /** What the consumer that is to die does. */
    @FunctionalInterface
    interface ConsumerScript {
        void run(RingConsumer consumer, RingCrash crash);
    }

    /** The next message of this length. */
    Message next(int length) {
        return new Message(sent.size() + inFlight.size(), length);
    }

    /** These are about to be sent, all or none. */
    void sending(Message... messages) {
        inFlight = List.of(messages);
    }

    /** They were sent. */
    void done() {
        sent.addAll(inFlight);
        inFlight = List.of();
    }

    void receive(int type, DirectBuffer buffer, int offset, int length) {
        assertThat(Message.read(delivered, type, buffer, offset, length)).isEqualTo(sent.get((int) delivered));
        delivered++;
    }

    /** Kills the producer at its k-th store; returns false when the script ended before. */
    boolean producerDiesAt(long store, @Nullable Long weakSeed, ProducerScript script) {
        var ring = TestRing.create(kind, directory, options);
        warmUp(ring);
        var process = new FaultyProcess();
        boolean died = attempt(process, store, weakSeed, () -> ring.producer(mutation.apply(process.seam())), producer -> script.run(
            producer, this));
        checkAfterwards(ring, firstUndelivered);
        return died;
    }

    /** Kills the consumer at its k-th store, with these messages waiting; returns false when the script ended before. */
    boolean consumerDiesAt(long store, @Nullable Long weakSeed, List<Integer> waiting, ConsumerOptions consumerOptions,
        ConsumerScript script) {
        var ring = TestRing.create(kind, directory, options);
        warmUp(ring);
        try (var producer = ring.producer()) {
            waiting.forEach(length -> send(producer, length));
        }
        var process = new FaultyProcess();
        long deliveredBefore = delivered;
        boolean died = attempt(process, store, weakSeed, () -> ring.consumer(mutation.apply(process.seam()), consumerOptions),
            consumer -> script.run(consumer, this));
        checkAfterwards(ring, deliveredBefore);
        return died;
    }

    private static <T extends AutoCloseable> boolean attempt(FaultyProcess process, long store, @Nullable Long weakSeed,
        Supplier<T> attach, Consumer<T> script) {
        process.dieAfter(store, weakSeed);
        return process.live(attach, script);
    }

    private void warmUp(TestRing ring) {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            for (int i = 0; i < warmUp; i++) {
                send(producer, i * 13 % (producer.maxMessageLength() + 1));
                consumer.poll(this::receive, 1);
            }
        }
        firstUndelivered = delivered;
    }

    void send(MessageSink producer, int length) {
        var message = next(length);
        sending(message);
        assertThat(producer.offer(message.type(), message.bytes(), 0, length)).isPositive();
        done();
    }

    /** The invariants: nothing sent is missing, nothing half-sent appears, nothing released comes again, and the ring works on. */
    private void checkAfterwards(TestRing ring, long earliest) {
        long deliveredBefore = delivered;
        try (var consumer = ring.consumer()) {
            long resumed = consumer.sequence();
            assertThat(resumed).as("resumes between what was released and what was delivered").isBetween(earliest, deliveredBefore);
            delivered = resumed;
            drainToTheEnd(consumer);
            try (var producer = ring.producer()) {
                if (kind == RingKind.SPSC) {
                    assertThat(producer.sequence()).isEqualTo(sent.size());
                }
                for (int i = 0; i < 40; i++) {
                    send(producer, i * 29 % (producer.maxMessageLength() + 1));
                    drain(consumer);
                }
            }
        }
        ring.remove();
    }

    /** Nobody lives to send more: at the end, what was in flight has come, all or nothing. */
    private void drainToTheEnd(RingConsumer consumer) {
        var expected = new ArrayList<>(sent);
        expected.addAll(inFlight);
        long deadline = System.nanoTime() + DEADLINE_NS;
        int outcome;
        do {
            outcome = consumer.poll((type, buffer, offset, length) -> {
                assertThat(delivered).as("messages that can have been sent").isLessThan(expected.size());
                assertThat(Message.read(delivered, type, buffer, offset, length)).isEqualTo(expected.get((int) delivered));
                delivered++;
            }, 3);
            assertThat(System.nanoTime() - deadline).as("the end is told in time").isNegative();
        } while (outcome >= 0);
        assertThat(consumer.sequence()).isEqualTo(delivered);
        assertThat(delivered).as("all or nothing of what was in flight").isIn((long) sent.size(), (long) expected.size());
        if (delivered > sent.size()) {
            done();
        }
        inFlight = List.of();
    }

    private void drain(RingConsumer consumer) {
        while (consumer.poll(this::receive, 3) > 0) {
            assertThat(consumer.sequence()).isEqualTo(delivered);
        }
        assertThat(delivered).isEqualTo(sent.size());
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.process.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The producer or a subscriber of a broadcast ring dies at a chosen store. A reader and a subscriber live through it; others come
 * afterwards. Sequences are the numbers of messages, so each {@link BroadcastLog} sees whether everything was delivered or told as lost,
 * exactly once, and whole.
 */
final class BroadcastCrash {
    private static final int CAPACITY = 4096;
    private static final int SHORT = 40;
    private static final int LAP = CAPACITY / BroadcastDescriptor.ALIGNMENT;

    private final TestBroadcast ring;
    private final UnaryOperator<MemorySeam> mutation;
    private final List<BroadcastReader> readers = new ArrayList<>();
    private final List<BroadcastLog> logs = new ArrayList<>();
    private @Nullable Memory words;

    /** Messages whose sending returned; and those of the operation in progress, which come all or not at all. */
    private long sent;
    private int inFlight;
    private boolean sealing;

    BroadcastCrash(Path directory, UnaryOperator<MemorySeam> mutation) {
        ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        this.mutation = mutation;
    }

    /** What the producer that is to die does. */
    @FunctionalInterface
    interface ProducerScript {
        void run(RingProducer producer, BroadcastCrash crash);
    }

    /** What the subscriber that is to die does. */
    @FunctionalInterface
    interface SubscriberScript {
        void run(BroadcastReader subscriber, BroadcastLog log);
    }

    /** The next message of this length, or the one so many behind it. */
    Message next(int length, int behind) {
        return new Message(sent + behind, length);
    }

    /** So many are about to be sent, all or none. */
    void sending(int messages) {
        inFlight = messages;
    }

    /** The end of the stream is about to be told, or not. */
    void sealing() {
        sealing = true;
    }

    /** They were sent; the subscriber makes room. */
    void done() {
        sent += inFlight;
        inFlight = 0;
        drain(1);
    }

    /** Kills the producer at its k-th store, and its successor at the next one's; returns false when the script ended before. */
    boolean producerDiesAt(long store, @Nullable Long weakSeed, int warmUp, ProducerScript script) {
        begin(warmUp);
        boolean died = attempt(store, weakSeed, process -> ring.producer(mutation.apply(process.seam())),
            producer -> script.run(producer, this));
        readAfterTheDeath();
        long intent = intent();
        attempt(store % 8, weakSeed, process -> ring.producer(process.seam()), producer -> { });
        try (var successor = ring.producer()) {
            assertThat(intent()).as("intent, which never goes back").isGreaterThanOrEqualTo(intent);
            assertThat(successor.sequence()).as("all or nothing of what was in flight").isIn(sent, sent + inFlight);
            assertThat(logs).allMatch(log -> log.next() <= successor.sequence());
            sent = successor.sequence();
            inFlight = 0;
            if (isSealed(died)) {
                requireSealed(successor);
            } else {
                goOn(successor);
            }
        }
        end();
        return died;
    }

    /** Kills another subscriber at its k-th store, while the ring is full; returns false when the script ended before. */
    boolean subscriberDiesAt(long store, @Nullable Long weakSeed, int warmUp, SubscriberScript script) {
        begin(warmUp);
        boolean died;
        try (var producer = ring.producer()) {
            fill(producer);
            died = attempt(store, weakSeed, process -> ring.subscriber(process.seam(), JoinAt.oldest()),
                subscriber -> script.run(subscriber, new BroadcastLog(subscriber)));
            long before = sent;
            Await.until("the dead one is let go", () -> {
                fill(producer);
                return sent > before + 2 * LAP;
            });
            goOn(producer);
        }
        end();
        return died;
    }

    private void begin(int warmUp) {
        join(ring.subscriber(JoinAt.latest()));
        join(ring.reader((area, mapped) -> {
            words = area == Area.PRODUCER ? mapped : words;
            return mapped;
        }, JoinAt.latest()));
        try (var producer = ring.producer()) {
            for (int i = 0; i < warmUp; i++) {
                send(producer, SHORT);
            }
        }
    }

    /** What can still be read, from each end. */
    private void readAfterTheDeath() {
        join(ring.reader(JoinAt.oldest()));
        join(ring.reader(JoinAt.latest()));
        join(ring.reader(JoinAt.sequence(sent / 2)));
        drain(readers.size());
        assertThat(logs).allMatch(log -> log.next() >= sent && log.next() <= sent + inFlight);
    }

    private boolean isSealed(boolean died) {
        boolean sealed = readers.getLast().poll(logs.getLast(), 1) == RingConsumer.END_OF_STREAM;
        assertThat(sealed).as("told to be the end, or kept from being told").isIn(sealing, sealing && !died);
        return sealed;
    }

    private void requireSealed(RingProducer producer) {
        assertThat(producer.offer(1, next(SHORT, 0).bytes(), 0, SHORT)).isEqualTo(MessageSink.SEALED);
        join(ring.subscriber(JoinAt.oldest()));
        join(ring.reader(JoinAt.latest()));
        drain(readers.size());
        for (int i = 0; i < readers.size(); i++) {
            assertThat(readers.get(i).poll(logs.get(i), 1)).isEqualTo(RingConsumer.END_OF_STREAM);
        }
    }

    private void goOn(RingProducer producer) {
        for (int i = 0; i < 2 * LAP; i++) {
            send(producer, i * 29 % 100);
        }
        join(ring.reader(JoinAt.latest()));
        send(producer, SHORT);
    }

    private void end() {
        drain(readers.size());
        assertThat(logs).allMatch(log -> log.next() == sent);
        assertThat(logs.getFirst().lost()).as("messages that the subscriber lost").isZero();
        assertThat(logs.getLast().lost()).as("messages that were lost since the last reader joined").isZero();
        readers.forEach(BroadcastReader::close);
        ring.remove();
    }

    private void join(BroadcastReader reader) {
        readers.add(reader);
        logs.add(new BroadcastLog(reader));
    }

    private void send(RingProducer producer, int length) {
        var message = next(length, 0);
        sending(1);
        assertThat(producer.offer(message.type(), message.bytes(), 0, length)).isPositive();
        done();
    }

    /** As long as there is room beside the subscribers. */
    private void fill(RingProducer producer) {
        for (int tries = 0; tries < LAP; tries++) {
            var message = next(SHORT, 0);
            if (producer.offer(message.type(), message.bytes(), 0, SHORT) > 0) {
                sent++;
            }
            drain(1);
        }
    }

    private void drain(int first) {
        for (int i = 0; i < first; i++) {
            while (readers.get(i).poll(logs.get(i), 20) > 0) {
                assertThat(readers.get(i).sequence()).isEqualTo(logs.get(i).next());
            }
        }
    }

    private long intent() {
        return Objects.requireNonNull(words).getLong(BroadcastDescriptor.INTENT_OFFSET);
    }

    /** Somebody's side of the ring, in a process that will die. */
    private interface Attach<T> {
        T to(FaultyProcess process);
    }

    private static <T extends AutoCloseable> boolean attempt(long store, @Nullable Long weakSeed, Attach<T> attach,
        Consumer<T> script) {
        var process = new FaultyProcess();
        process.dieAfter(store, weakSeed);
        return process.live(() -> attach.to(process), script);
    }
}

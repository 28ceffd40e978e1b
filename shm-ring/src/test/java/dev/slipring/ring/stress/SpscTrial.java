package dev.slipring.ring.stress;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.weak.OvertakingMemory;
import dev.slipring.ring.Claim;
import dev.slipring.ring.EarlyHead;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscSides;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * One small SPSC ring, new for each trial, and what the two actors do to it. Every message has type 1; those that are offered or claimed
 * in a trial are two longs, so that half of one can be told from a whole one.
 */
final class SpscTrial {
    /** Where the ring's file lies; {@link StressIT} says. */
    static final String DIRECTORY = "slipring.stress.directory";

    private static final int CAPACITY = 128;
    private static final int SHORT_STRIDE = 16;
    private static final int MAX_TRIES = 100;
    private static final SpscSides SIDES = new SpscSides(ownDirectory(), CAPACITY);

    private final RingProducer producer;
    private final RingConsumer consumer;
    private final Claim claim = new Claim();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[2 * Long.BYTES]);

    private SpscTrial(UnaryOperator<MemorySeam> ofProducer, UnaryOperator<MemorySeam> ofConsumer) {
        var areas = Slots.areas();
        producer = SIDES.producer(ofProducer.apply(areas));
        consumer = SIDES.consumer(ofConsumer.apply(areas));
    }

    /** Each JVM of a run makes its file apart from the others. */
    private static Path ownDirectory() {
        String directory = Objects.requireNonNull(System.getProperty(DIRECTORY), "set -D" + DIRECTORY);
        return Path.of(directory, Long.toString(ProcessHandle.current().pid()));
    }

    /** The ring as it is. */
    static SpscTrial ordered() {
        return new SpscTrial(areas -> areas, areas -> areas);
    }

    /** The producer's header is seen before what it stored earlier. */
    static SpscTrial headerOvertakes() {
        return new SpscTrial(areas -> (area, mapped) -> {
            var memory = areas.wrap(area, mapped);
            return area == Area.DATA ? new OvertakingMemory(memory) : memory;
        }, areas -> areas);
    }

    /** The consumer's head is seen before it has read the message; for a ring of short messages. */
    static SpscTrial headOvertakes() {
        return new SpscTrial(areas -> areas, areas -> new EarlyHead(areas, SHORT_STRIDE));
    }

    /**
     * A ring of short messages, of a long each, that is full for the next one: positions 32 to 144 wait to be read, numbered from 1 on.
     * The room for a message of two longs lies at 16 to 40 of the next lap, with the zero header up to 48. So it takes the whole first
     * waiting message at 32 to 48, and nothing else that waits.
     */
    SpscTrial filled() {
        offerShort(-1);
        offerShort(-2);
        consumer.poll((type, buffer, offset, length) -> { }, 2);
        for (int i = 1; i <= 7; i++) {
            offerShort(i);
        }
        return this;
    }

    private void offerShort(long value) {
        message.putLong(0, value);
        if (producer.offer(1, message, 0, Long.BYTES) < 0) {
            throw new AssertionError("no room while the ring is being filled");
        }
    }

    void offer(long first, long second) {
        producer.offer(1, message(first, second), 0, message.capacity());
    }

    /** Tries until there is room, but not for ever; returns 1 or 0. */
    long offerWhenThereIsRoom(long first, long second) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (producer.offer(1, message(first, second), 0, message.capacity()) > 0) {
                return 1;
            }
        }
        return 0;
    }

    void claimAndCommit(long first, long second) {
        claim(first, second);
        claim.commit();
    }

    void claimAndAbort(long first, long second) {
        claim(first, second);
        claim.abort();
    }

    private void claim(long first, long second) {
        producer.tryClaim(1, message.capacity(), claim);
        claim.buffer().putLong(0, first);
        claim.buffer().putLong(Long.BYTES, second);
    }

    void offerBatch(long... values) {
        try (var batch = producer.batch()) {
            for (long value : values) {
                batch.offer(1, message(value, value), 0, message.capacity());
            }
            batch.publish();
        }
    }

    /** The two longs of the first message, or nothing. */
    void poll(JJ_Result result) {
        pollUntilThereIsSome((type, buffer, offset, length) -> {
            result.r1 = buffer.getLong(offset);
            result.r2 = buffer.getLong(offset + Long.BYTES);
        }, 1);
    }

    /** How many messages are there, and the sum of all their longs. */
    void pollAll(JJ_Result result) {
        result.r1 = pollUntilThereIsSome((type, buffer, offset, length) ->
            result.r2 += buffer.getLong(offset) + buffer.getLong(offset + Long.BYTES), Integer.MAX_VALUE);
    }

    /** Not for ever. */
    private int pollUntilThereIsSome(MessageHandler handler, int limit) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int polled = consumer.poll(handler, limit);
            if (polled > 0) {
                return polled;
            }
        }
        return 0;
    }

    /** The one long of the first message. */
    long pollShort() {
        long[] value = {0};
        consumer.poll((type, buffer, offset, length) -> value[0] = buffer.getLong(offset), 1);
        return value[0];
    }

    private UnsafeBuffer message(long first, long second) {
        message.putLong(0, first);
        message.putLong(Long.BYTES, second);
        return message;
    }
}

package dev.slipring.ring.stress;

import dev.slipring.core.MemorySeam;
import dev.slipring.core.stress.TrialMemory;
import dev.slipring.ring.Claim;
import dev.slipring.ring.EarlyHead;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.RingSides;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * One small SPSC ring, new for each trial, and what the two actors do to it. Every message has type 1; those that are offered or claimed
 * in a trial are two longs, so that half of one can be told from a whole one.
 */
final class SpscTrial extends Trial {
    private static final int CAPACITY = 128;
    private static final int SHORT_STRIDE = 16;
    private static final RingSides SIDES = RingSides.spsc(TrialMemory.ownDirectory(), CAPACITY);
    private static final TrialMemory MEMORY = new TrialMemory(CAPACITY);

    private final RingProducer producer;
    private final Claim claim = new Claim();

    private SpscTrial(UnaryOperator<MemorySeam> ofProducer, UnaryOperator<MemorySeam> ofConsumer) {
        this(MEMORY.areas(), ofProducer, ofConsumer);
    }

    private SpscTrial(MemorySeam areas, UnaryOperator<MemorySeam> ofProducer, UnaryOperator<MemorySeam> ofConsumer) {
        super(SIDES.consumer(ofConsumer.apply(areas)));
        producer = SIDES.producer(ofProducer.apply(areas));
    }

    /** The ring as it is. */
    static SpscTrial ordered() {
        return new SpscTrial(areas -> areas, areas -> areas);
    }

    /** The producer's header is seen before what it stored earlier. */
    static SpscTrial headerOvertakes() {
        return new SpscTrial(Trial::headerOvertaking, areas -> areas);
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
        requireRoom(producer.offer(1, message(value, 0), 0, Long.BYTES));
    }

    void offer(long first, long second) {
        producer.offer(1, message(first, second), 0, MESSAGE_LENGTH);
    }

    /** Returns 1 or 0. */
    long offerWhenThereIsRoom(long first, long second) {
        return offerWhenThereIsRoom(producer, first, second) ? 1 : 0;
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
        producer.tryClaim(1, MESSAGE_LENGTH, claim);
        claim.buffer().putLong(0, first);
        claim.buffer().putLong(Long.BYTES, second);
    }

    void offerBatch(long... values) {
        try (var batch = producer.batch()) {
            for (long value : values) {
                batch.offer(1, message(value, value), 0, MESSAGE_LENGTH);
            }
            batch.publish();
        }
    }

    /** How many messages are there, and the sum of all their longs. */
    void pollAll(JJ_Result result) {
        result.r1 = pollUntilThereIsSome((type, buffer, offset, length) ->
            result.r2 += buffer.getLong(offset) + buffer.getLong(offset + Long.BYTES), Integer.MAX_VALUE);
    }

    /** The one long of the first message. */
    long pollShort() {
        long[] value = {0};
        consumer.poll((type, buffer, offset, length) -> value[0] = buffer.getLong(offset), 1);
        return value[0];
    }
}

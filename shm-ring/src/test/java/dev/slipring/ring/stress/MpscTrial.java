package dev.slipring.ring.stress;

import dev.slipring.core.MemorySeam;
import dev.slipring.core.stress.TrialMemory;
import dev.slipring.ring.Claim;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.MpscMistakes;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.RingSides;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One small MPSC ring: 16 granules of 64 bytes, of which each message takes one. What was received is told as one number, the digits of
 * all messages in order.
 */
final class MpscTrial extends Trial {
    private static final int CAPACITY = 1024;
    private static final int GRANULE = 64;
    private static final int GRANULES = CAPACITY / GRANULE;
    private static final int QUARTER = GRANULES / 4;
    private static final int MORE_THAN_A_GRANULE = 100;
    private static final RingSides SIDES = RingSides.mpsc(TrialMemory.ownDirectory(), CAPACITY, 2);
    private static final TrialMemory MEMORY = new TrialMemory(CAPACITY);

    private final RingProducer first;
    private final RingProducer second;
    private final Claim claim = new Claim();
    private volatile boolean firstIsDead;
    private long firstEnd;
    private long secondEnd;
    private long received;

    private MpscTrial(MemorySeam areas, UnaryOperator<MemorySeam> ofProducers, UnaryOperator<MemorySeam> ofConsumer) {
        super(SIDES.consumer(ofConsumer.apply(areas)));
        first = SIDES.producer(0, ofProducers.apply(areas));
        second = SIDES.producer(1, ofProducers.apply(areas));
    }

    private static MpscTrial of(UnaryOperator<MemorySeam> ofProducers, UnaryOperator<MemorySeam> ofConsumer) {
        var areas = MEMORY.areas();
        SIDES.prepare(areas);
        return new MpscTrial(areas, ofProducers, ofConsumer);
    }

    /** The ring as it is. */
    static MpscTrial ordered() {
        return of(areas -> areas, areas -> areas);
    }

    /** A producer's header is seen before what it stored earlier. */
    static MpscTrial headerOvertakes() {
        return of(Trial::headerOvertaking, areas -> areas);
    }

    /** A claim is a look and a store. */
    static MpscTrial claimsWithoutCompareAndSet() {
        return of(MpscMistakes::lookAndStore, areas -> areas);
    }

    /** The padding of a dead one's claim is a store. */
    static MpscTrial padsWithoutCompareAndSet() {
        return of(areas -> areas, MpscMistakes::lookAndStore);
    }

    /** The consumer's head is seen before its marks. */
    static MpscTrial headOvertakesMarks() {
        return of(areas -> areas, MpscMistakes::headBeforeMarks);
    }

    /** A ring that is full: each message is its number, from 1 to 9 and from 1 again. */
    MpscTrial filled() {
        for (long i = 0; i < GRANULES; i++) {
            long number = i % 9 + 1;
            requireRoom(first.offer(1, message(number, number), 0, MESSAGE_LENGTH));
        }
        return this;
    }

    /** A ring whose first message is held back by a claim of the first producer, with a message of the second behind it. */
    MpscTrial heldUp() {
        claim(MESSAGE_LENGTH);
        offerSecond();
        RingSides.exhaustPatience(consumer);
        return this;
    }

    private void claim(int length) {
        firstEnd = first.tryClaim(1, length, claim);
        claim.buffer().putLong(0, 1);
        claim.buffer().putLong(Long.BYTES, 2);
    }

    /** 12 */
    void offerFirst() {
        firstEnd = first.offer(1, message(1, 2), 0, MESSAGE_LENGTH);
    }

    /** 34 */
    void offerSecond() {
        secondEnd = second.offer(1, message(3, 4), 0, MESSAGE_LENGTH);
    }

    /** 12 */
    void claimAndCommitFirst() {
        claim(MESSAGE_LENGTH);
        claim.commit();
    }

    /** 12, in a claim of twice the granules it needs. */
    void claimAndCommitLessFirst() {
        claim(MORE_THAN_A_GRANULE);
        claim.commit(MESSAGE_LENGTH);
    }

    /** 12 */
    void commitAndDieFirst() {
        claim.commit();
        firstIsDead = true;
    }

    void dieFirst() {
        firstIsDead = true;
    }

    /** Whether there was room for it, where the first message of a full ring lies. */
    boolean offerALapLater() {
        return offerWhenThereIsRoom(second, -7, -8);
    }

    /** What there is, as soon as there is some. */
    long pollAll() {
        SIDES.tellOfDeath(() -> firstIsDead);
        pollUntilThereIsSome(digits(), Integer.MAX_VALUE);
        return received;
    }

    /** As many as it takes for space to be given back. */
    long pollAQuarter() {
        consumer.poll(digits(), QUARTER);
        return received;
    }

    /** The same, read when the space was given back already. */
    long pollAQuarterAndReadItTooLate() {
        List<Runnable> reads = new ArrayList<>();
        var digits = digits();
        consumer.poll((type, buffer, offset, length) -> reads.add(() -> digits.onMessage(type, buffer, offset, length)), QUARTER);
        reads.forEach(Runnable::run);
        return received;
    }

    private MessageHandler digits() {
        return (type, buffer, offset, length) ->
            received = 100 * received + 10 * buffer.getLong(offset) + buffer.getLong(offset + Long.BYTES);
    }

    /** What is left, when the actors are done; -1 when the order is not that of the claims, of which the first was made first. */
    long rest() {
        pollAll();
        boolean inOrder = firstEnd < secondEnd == (received == 1234);
        return inOrder ? received : -1;
    }

    /** The sum of the first longs of all that is left. */
    long restOfALap() {
        long[] sum = {0};
        consumer.poll((type, buffer, offset, length) -> sum[0] += buffer.getLong(offset), GRANULES);
        return sum[0];
    }
}

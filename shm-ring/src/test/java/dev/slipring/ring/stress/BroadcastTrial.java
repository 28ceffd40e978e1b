package dev.slipring.ring.stress;

import dev.slipring.core.MemorySeam;
import dev.slipring.core.stress.TrialMemory;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastSides;
import dev.slipring.ring.LateIntent;
import dev.slipring.ring.RingProducer;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * One small broadcast ring, new for each trial, which is full: positions 0 to 960 hold 15 messages of 64 bytes with their headers, and a
 * reader is due to read the first. The next message takes 128 bytes. It does not fit before the end, so it lies where the first two lie,
 * and its zero header where the third does. All longs of the message with sequence s are s + 1, those of the next one are {@value #NEXT}.
 */
final class BroadcastTrial {
    private static final int CAPACITY = 1024;
    private static final int MESSAGES = 15;
    private static final int LENGTH = 48;
    private static final int LAST_LONG = LENGTH - Long.BYTES;
    private static final int NEXT_LENGTH = 112;
    private static final long NEXT = -7;
    private static final int MAX_TRIES = 100;
    private static final BroadcastSides SIDES = new BroadcastSides(TrialMemory.ownDirectory(), CAPACITY);
    private static final TrialMemory MEMORY = new TrialMemory(CAPACITY, BroadcastSides.PRODUCER_LENGTH);

    private final RingProducer producer;
    private final BroadcastReader reader;

    private BroadcastTrial(UnaryOperator<MemorySeam> ofProducer) {
        var areas = MEMORY.areas();
        producer = SIDES.producer(ofProducer.apply(areas));
        for (int sequence = 0; sequence < MESSAGES; sequence++) {
            Trial.requireRoom(offer(sequence + 1L, LENGTH));
        }
        reader = SIDES.reader(areas);
    }

    /** The ring as it is. */
    static BroadcastTrial ordered() {
        return new BroadcastTrial(areas -> areas);
    }

    /** The producer's intent comes after what it overwrites. */
    static BroadcastTrial lateIntent() {
        return new BroadcastTrial(LateIntent::over);
    }

    /** Where the first two messages lie. */
    void offerNext() {
        offer(NEXT, NEXT_LENGTH);
    }

    private long offer(long value, int length) {
        var message = new UnsafeBuffer(new byte[length]);
        for (int offset = 0; offset < length; offset += Long.BYTES) {
            message.putLong(offset, value);
        }
        return producer.offer(1, message, 0, length);
    }

    /** How many messages were lost, and the first and last long of the one behind them. */
    void poll(JJJ_Result result) {
        reader.poll(new BroadcastHandler() {
            @Override
            public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
                result.r2 = buffer.getLong(offset);
                result.r3 = buffer.getLong(offset + LAST_LONG);
            }

            @Override
            public void onGap(long first, long last) {
                result.r1 = last - first + 1;
            }
        }, 1);
    }

    /** Sequence, first and last long of the first message that is whole. */
    void readInPlace(JJJ_Result result) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (readUnvalidated(result) && reader.validate()) {
                return;
            }
        }
    }

    /** The same of the next, whole or not; false when there is none. */
    boolean readUnvalidated(JJJ_Result result) {
        boolean there = reader.receiveNext();
        if (there) {
            result.r1 = reader.sequence();
            result.r2 = reader.buffer().getLong(reader.offset());
            result.r3 = reader.buffer().getLong(reader.offset() + LAST_LONG);
        }
        return there;
    }
}

package dev.slipring.ring.stress;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.weak.OvertakingMemory;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * One small ring, new for each trial, and what the actors do to it. Every message has type 1; those that are offered or claimed in a trial
 * are two longs, so that half of one can be told from a whole one. Whoever waits does not wait for ever.
 */
abstract class Trial {
    static final int MESSAGE_LENGTH = 2 * Long.BYTES;

    private static final int MAX_TRIES = 100;

    final RingConsumer consumer;

    Trial(RingConsumer consumer) {
        this.consumer = consumer;
    }

    /** A producer's header is seen before what it stored earlier. */
    static MemorySeam headerOvertaking(MemorySeam areas) {
        return (area, mapped) -> {
            var memory = areas.wrap(area, mapped);
            return area == Area.DATA ? new OvertakingMemory(memory) : memory;
        };
    }

    static void requireRoom(long position) {
        if (position < 0) {
            throw new AssertionError("no room while the ring is being filled");
        }
    }

    /** For whichever thread has something to send. */
    static UnsafeBuffer message(long first, long second) {
        var message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
        message.putLong(0, first);
        message.putLong(Long.BYTES, second);
        return message;
    }

    /** Whether there was room in the end. */
    static boolean offerWhenThereIsRoom(RingProducer producer, long first, long second) {
        var message = message(first, second);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (producer.offer(1, message, 0, MESSAGE_LENGTH) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The two longs of the first message, or nothing. */
    final void poll(JJ_Result result) {
        pollUntilThereIsSome((type, buffer, offset, length) -> {
            result.r1 = buffer.getLong(offset);
            result.r2 = buffer.getLong(offset + Long.BYTES);
        }, 1);
    }

    final int pollUntilThereIsSome(MessageHandler handler, int limit) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int polled = consumer.poll(handler, limit);
            if (polled > 0) {
                return polled;
            }
        }
        return 0;
    }
}

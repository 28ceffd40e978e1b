package dev.slipring.perf.candidate;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What messages carry: one value, in every 64-bit word from the first to the last. */
public final class Payload {
    private Payload() {
    }

    /** Fills a message. */
    public static void write(MutableDirectBuffer buffer, int offset, int length, long value) {
        for (int at = 0; at < length; at += Long.BYTES) {
            buffer.putLong(offset + at, value);
        }
    }

    /** The first word. */
    public static long first(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset);
    }

    /** The first word, and the same in all others, or the message is torn. */
    public static long whole(DirectBuffer buffer, int offset, int length) {
        long value = buffer.getLong(offset);
        long difference = 0;
        for (int at = Long.BYTES; at < length; at += Long.BYTES) {
            difference |= buffer.getLong(offset + at) ^ value;
        }
        if (difference != 0) {
            throw new IllegalStateException("a torn message: " + length + " bytes that begin with " + value + " do not all say so");
        }
        return value;
    }
}

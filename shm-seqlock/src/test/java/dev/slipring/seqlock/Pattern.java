package dev.slipring.seqlock;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes that all follow from one number, so that two values mixed, in whatever proportion, are recognised. */
final class Pattern {
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private Pattern() {
    }

    static UnsafeBuffer bytes(long number, int length) {
        var bytes = new UnsafeBuffer(new byte[length]);
        write(number, bytes, length);
        return bytes;
    }

    static void write(long number, MutableDirectBuffer buffer, int length) {
        long word = number * ODD;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            buffer.putLong(at, word + at);
        }
        for (; at < length; at++) {
            buffer.putByte(at, (byte) (word + at));
        }
    }

    /** Fails unless all of the buffer is that of the number. */
    static void require(long number, DirectBuffer buffer) {
        long word = number * ODD;
        int at = 0;
        for (; at + Long.BYTES <= buffer.capacity(); at += Long.BYTES) {
            requireSame(number, at, word + at, buffer.getLong(at));
        }
        for (; at < buffer.capacity(); at++) {
            requireSame(number, at, (byte) (word + at), buffer.getByte(at));
        }
    }

    private static void requireSame(long number, int at, long expected, long found) {
        if (expected != found) {
            throw new AssertionError("value " + number + " differs at byte " + at + ": expected " + Long.toHexString(expected) + ", found "
                + Long.toHexString(found));
        }
    }
}

package dev.slipring.ring;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message whose every byte follows from its number and length, so that a torn, stale or foreign one is recognised. Some payloads look
 * like record headers, to tempt whoever walks past the end.
 *
 * @param number its place in the flow
 * @param length its bytes
 */
record Message(long number, int length) {

    int type() {
        return (int) (number & 0x7fff_ffff);
    }

    UnsafeBuffer bytes() {
        var bytes = new UnsafeBuffer(new byte[length]);
        writeTo(bytes);
        return bytes;
    }

    /** Fills the first {@code length} bytes. */
    void writeTo(MutableDirectBuffer buffer) {
        for (int i = 0; i < length; i++) {
            buffer.putByte(i, at(i));
        }
    }

    static Message read(long expectedNumber, int type, DirectBuffer buffer, int offset, int length) {
        var message = new Message(expectedNumber, length);
        if (type != message.type()) {
            throw new AssertionError("expected message " + expectedNumber + ", found type " + type);
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != message.at(i)) {
                throw new AssertionError("message " + expectedNumber + " of " + length + " bytes differs at byte " + i);
            }
        }
        return message;
    }

    private byte at(int index) {
        if (number % 3 == 0) {
            return (byte) (RecordDescriptor.header(16, 1) >>> (index % 8 * 8)); // looks like a committed record
        }
        return (byte) (number * 31 + length * 7L + index);
    }
}

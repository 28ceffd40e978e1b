package dev.slipring.perf;

import org.agrona.DirectBuffer;

/** What every receiver does first: read the message, check it against the one before, and count it. */
abstract class Arrivals implements Receiver {
    private final int length;
    private final boolean whole;
    private final long step;
    private long expected;
    private long count;

    /**
     * @param length of every message
     * @param step   from the value of a message to that of the next
     */
    Arrivals(int length, Reading reading, long step) {
        this.length = length;
        this.step = step;
        whole = reading == Reading.WHOLE;
    }

    /** The value of the next message. */
    final void expect(long value) {
        expected = value;
    }

    final long count() {
        return count;
    }

    @Override
    public final void onMessage(DirectBuffer buffer, int offset, int itsLength) {
        if (itsLength != length) {
            throw new IllegalStateException("a message of " + itsLength + " bytes, expected " + length);
        }
        long value = whole ? Payload.whole(buffer, offset, itsLength) : Payload.first(buffer, offset);
        if (value != expected) {
            throw new IllegalStateException("a message lost, repeated or out of order: expected " + expected + ", found " + value);
        }
        expected = value + step;
        count++;
        arrived(value);
    }

    /** What this receiver is there for. */
    abstract void arrived(long value);
}

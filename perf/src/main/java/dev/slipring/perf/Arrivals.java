package dev.slipring.perf;

import dev.slipring.perf.candidate.Payload;
import dev.slipring.perf.candidate.Receiver;
import org.agrona.DirectBuffer;

/**
 * What every receiver does first: read the message, check it against the one before, and count it.
 *
 * <p>Where messages may be lost, they are counted too; and as the last one may be among them, the sender can say that a round is over,
 * with the last value of the round, negated.
 */
abstract class Arrivals implements Receiver {
    private final int length;
    private final boolean whole;
    private final boolean lossy;
    private final long step;
    private long expected;
    private long received;
    private long lost;
    private boolean toldOfEnd;

    /**
     * @param length of every message
     * @param lossy  whether messages may be missing
     * @param step   from the value of a message to that of the next
     */
    Arrivals(int length, Reading reading, boolean lossy, long step) {
        this.length = length;
        this.lossy = lossy;
        this.step = step;
        whole = reading == Reading.WHOLE;
    }

    /** The value of the next message, the first of a round. */
    final void expect(long value) {
        expected = value;
        toldOfEnd = false;
    }

    /** Messages that were sent as far as is known here: received and lost. */
    final long position() {
        return received + lost;
    }

    final long received() {
        return received;
    }

    final long lost() {
        return lost;
    }

    /** Whether it took the sender's word to know that the round is over. */
    final boolean toldOfEnd() {
        return toldOfEnd;
    }

    @Override
    public final void onMessage(DirectBuffer buffer, int offset, int itsLength) {
        if (itsLength != length) {
            throw new IllegalStateException("a message of " + itsLength + " bytes, expected " + length);
        }
        long value = whole ? Payload.whole(buffer, offset, itsLength) : Payload.first(buffer, offset);
        if (value == expected || isAfterLoss(value)) {
            expected = value + step;
            received++;
            arrived(value);
        }
    }

    private boolean isAfterLoss(long value) {
        if (!lossy || (value >= 0 && value < expected)) {
            throw new IllegalStateException("a message lost, repeated or out of order: expected " + expected + ", found " + value);
        }
        if (value > expected) {
            lost += (value - expected) / step;
            return true;
        }
        if (-value >= expected) { // otherwise it speaks of an earlier round
            lost += (-value - expected) / step + 1;
            expected = -value + step;
            toldOfEnd = true;
        }
        return false;
    }

    /** What this receiver is there for. */
    abstract void arrived(long value);
}

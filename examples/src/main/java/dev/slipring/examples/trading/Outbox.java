package dev.slipring.examples.trading;

import dev.slipring.examples.demo.PeerGone;
import dev.slipring.transport.Claim;
import dev.slipring.transport.Publication;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A flow to write to that makes its user wait while there is no room, and counts how often it did. */
final class Outbox implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Publication flow;
    private final String reader;
    private final IntSupplier meanwhile;
    private final Claim claim;
    private long sequence;
    private long backPressure;

    /**
     * Takes a publication over.
     *
     * @param reader    who is at the other end, for the error message
     * @param meanwhile is run again and again while there is no room, and says whether it had something to do
     */
    Outbox(Publication flow, String reader, IntSupplier meanwhile) {
        this.flow = flow;
        claim = flow.newClaim();
        this.reader = reader;
        this.meanwhile = meanwhile;
    }

    /** Room for a message, to be written and then sent with {@link #commit}. */
    MutableDirectBuffer claim(int length) {
        long position = flow.tryClaim(length, claim);
        if (position < 0) {
            backPressure++;
            while (position < 0) {
                position = claimPatiently(length, timeoutNs(position));
            }
        }
        return claim.buffer();
    }

    /** Sends what was claimed last. */
    void commit() {
        claim.commit();
        sequence++;
    }

    /** Sends a copy. */
    void send(DirectBuffer buffer, int offset, int length) {
        long position = flow.offer(buffer, offset, length);
        if (position < 0) {
            backPressure++;
            while (position < 0) {
                position = offerPatiently(buffer, offset, length, timeoutNs(position));
            }
        }
        sequence++;
    }

    private long claimPatiently(int length, long timeoutNs) {
        try {
            return flow.tryClaim(length, claim, timeoutNs);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this process", e);
        }
    }

    private long offerPatiently(DirectBuffer buffer, int offset, int length, long timeoutNs) {
        try {
            return flow.offer(buffer, offset, length, timeoutNs);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this process", e);
        }
    }

    /** How long to wait for room before there may be something else to do; nothing when there was. */
    private long timeoutNs(long refusal) {
        if (refusal == Publication.NOT_CONNECTED) {
            throw new PeerGone("the " + reader + " does not read any more");
        }
        return meanwhile.getAsInt() > 0 ? 0 : PATIENCE_NS;
    }

    /** Messages that had to wait for room. */
    long backPressure() {
        return backPressure;
    }

    /** Messages sent. */
    long sequence() {
        return sequence;
    }

    @Override
    public void close() {
        flow.close();
    }
}

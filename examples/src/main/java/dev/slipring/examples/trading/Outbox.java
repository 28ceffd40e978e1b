package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.transport.Claim;
import dev.slipring.transport.Publication;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** A flow to write to that makes its user wait while there is no room, and counts how often it did. */
final class Outbox implements AutoCloseable {
    private final Publication flow;
    private final String reader;
    private final Runnable meanwhile;
    private final IdleStrategy idle = Idle.strategy();
    private final Claim claim;
    private long sequence;
    private long backPressure;

    /**
     * Takes a publication over.
     *
     * @param reader    who is at the other end, for the error message
     * @param meanwhile is run again and again while there is no room
     */
    Outbox(Publication flow, String reader, Runnable meanwhile) {
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
            for (idle.reset(); position < 0; position = flow.tryClaim(length, claim)) {
                await(position);
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
            for (idle.reset(); position < 0; position = flow.offer(buffer, offset, length)) {
                await(position);
            }
        }
        sequence++;
    }

    private void await(long refusal) {
        if (refusal == Publication.NOT_CONNECTED) {
            throw new PeerGone("the " + reader + " does not read any more");
        }
        meanwhile.run();
        idle.idle();
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

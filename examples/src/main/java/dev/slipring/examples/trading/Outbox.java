package dev.slipring.examples.trading;

import dev.slipring.ring.Claim;
import dev.slipring.ring.RingProducer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** A ring to write to that makes its user wait while it is full, and counts how often it did. */
final class Outbox implements AutoCloseable {
    private final RingProducer ring;
    private final String reader;
    private final Runnable meanwhile;
    private final IdleStrategy idle = Idle.strategy();
    private final Claim claim = new Claim();
    private long backPressure;

    /**
     * Takes a ring over.
     *
     * @param reader    who is at the other end, for the error message
     * @param meanwhile is run again and again while there is no room
     */
    Outbox(RingProducer ring, String reader, Runnable meanwhile) {
        this.ring = ring;
        this.reader = reader;
        this.meanwhile = meanwhile;
    }

    /** Room for a message, to be written and then sent with {@link #commit}. */
    MutableDirectBuffer claim(int type, int length) {
        long position = ring.tryClaim(type, length, claim);
        if (position < 0) {
            backPressure++;
            for (idle.reset(); position < 0; position = ring.tryClaim(type, length, claim)) {
                await(position);
            }
        }
        return claim.buffer();
    }

    /** Sends what was claimed last. */
    void commit() {
        claim.commit();
    }

    /** Sends a copy. */
    void send(int type, DirectBuffer buffer, int offset, int length) {
        long position = ring.offer(type, buffer, offset, length);
        if (position < 0) {
            backPressure++;
            for (idle.reset(); position < 0; position = ring.offer(type, buffer, offset, length)) {
                await(position);
            }
        }
    }

    private void await(long refusal) {
        if (refusal == RingProducer.NO_CONSUMER) {
            throw new PeerGone("the ring to the " + reader + " is full and nobody reads it any more");
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
        return ring.sequence();
    }

    @Override
    public void close() {
        ring.close();
    }
}

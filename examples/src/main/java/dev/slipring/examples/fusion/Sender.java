package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.ring.RingProducer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** A ring to put into, whose user waits while it is full. */
final class Sender implements AutoCloseable {
    private final RingProducer ring;
    private final String reader;
    private final IdleStrategy idle = Idle.strategy();
    private long sent;

    /**
     * Takes the producer over.
     *
     * @param reader who is at the other end, for the error message
     */
    Sender(RingProducer ring, String reader) {
        this.ring = ring;
        this.reader = reader;
    }

    void send(int type, DirectBuffer message, int length) {
        long outcome = ring.offer(type, message, 0, length);
        for (idle.reset(); outcome < 0; outcome = ring.offer(type, message, 0, length)) {
            if (outcome == RingProducer.NO_CONSUMER) {
                throw new PeerGone("the " + reader + " does not read any more");
            }
            idle.idle();
        }
        sent++;
    }

    /** Messages sent. */
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        ring.close();
    }
}

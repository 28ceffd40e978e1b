package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.PeerGone;
import dev.slipring.ring.RingProducer;
import org.agrona.DirectBuffer;

/** A ring to put into, whose user waits while it is full. */
final class Sender implements AutoCloseable {
    private final RingProducer ring;
    private final String reader;
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
        try {
            if (ring.offer(type, message, 0, length, Long.MAX_VALUE) == RingProducer.NO_CONSUMER) {
                throw new PeerGone("the " + reader + " does not read any more");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this process", e);
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

package dev.slipring.transport;

import dev.slipring.ring.RingConsumer;
import org.agrona.DirectBuffer;

/** The consumer of a ring. */
final class RingSubscription implements Subscription {
    private final RingConsumer ring;
    private final RingPeers producers;
    private final dev.slipring.ring.MessageHandler adapter = this::onMessage;
    private MessageHandler handler = (buffer, offset, length) -> { };
    private boolean polling;
    private volatile boolean closed;

    RingSubscription(RingConsumer ring, RingPeers producers) {
        this.ring = ring;
        this.producers = producers;
    }

    /** The ring's words for nothing are ours: EMPTY, CLOSED and PRODUCER_DEAD have the same numbers here. */
    @Override
    public int poll(MessageHandler newHandler, int limit) {
        if (polling) {
            throw new IllegalStateException("a handler may not poll the subscription that called it");
        }
        if (handler != newHandler) {
            handler = newHandler; // only when it changes: storing a reference costs the collector's barrier
        }
        polling = true;
        try {
            int outcome = ring.poll(adapter, limit);
            return outcome == RingConsumer.END_OF_STREAM ? CLOSED : outcome;
        } catch (IllegalStateException e) {
            if (closed) {
                return CLOSED;
            }
            throw e;
        } finally {
            polling = false;
        }
    }

    @Override
    public boolean isConnected() {
        return !closed && producers.anyLives();
    }

    @Override
    public long position() {
        return ring.position();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        ring.close();
        producers.close();
    }

    private void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        handler.onMessage(buffer, offset, length);
    }
}

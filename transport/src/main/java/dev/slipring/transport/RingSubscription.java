package dev.slipring.transport;

import dev.slipring.core.Doorbell;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.RingConsumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The receiving side of a ring. */
final class RingSubscription implements Subscription {
    private final RingSource ring;
    private final RingPeers producers;
    private final Adapter adapter = new Adapter();
    private MessageHandler handler = (buffer, offset, length) -> { };
    private boolean polling;
    private volatile boolean closed;

    RingSubscription(RingSource ring, RingPeers producers) {
        this.ring = ring;
        this.producers = producers;
    }

    /** The ring's words for nothing are ours: EMPTY, CLOSED and PRODUCER_DEAD have the same numbers here. A sealed stream is closed. */
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
    public boolean isReady() {
        return ring.reader().isReady();
    }

    @Override
    public void hurry() {
        ring.reader().hurry();
    }

    @Override
    public @Nullable Doorbell doorbell() {
        return ring.reader().doorbell();
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

    /** Hands on what comes from the ring. */
    private final class Adapter implements BroadcastHandler {
        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            handler.onMessage(buffer, offset, length);
        }

        @Override
        public void onGap(long first, long last) {
            throw new IllegalStateException("messages " + first + "…" + last + " are lost, although the publisher should wait for its "
                + "subscribers: does it run another version?");
        }
    }
}

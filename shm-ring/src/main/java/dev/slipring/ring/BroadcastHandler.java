package dev.slipring.ring;

import org.agrona.DirectBuffer;

/** Receives what a ring still has for whoever looks on, and learns what it has no more. */
public interface BroadcastHandler extends MessageHandler {
    /**
     * One message. The buffer is the reader's own copy, or, for a gated subscriber, the ring itself; valid until this returns.
     *
     * @param type   what the producer said, 0 or more
     * @param buffer for reading only
     * @param offset where the message starts
     * @param length its bytes, 0 or more
     */
    @Override
    void onMessage(int type, DirectBuffer buffer, int offset, int length);

    /**
     * Messages that were overwritten before this reader came to them. Called right before the message behind them; each lost sequence is
     * told exactly once. Of a ring with one consumer ({@link RingView}): messages that were consumed meanwhile; called as soon as that is
     * known.
     *
     * @param first sequence of the first lost message
     * @param last  sequence of the last, {@code first} or more
     */
    void onGap(long first, long last);
}

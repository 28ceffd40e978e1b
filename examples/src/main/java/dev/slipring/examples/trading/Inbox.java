package dev.slipring.examples.trading;

import dev.slipring.codec.RecordView;
import dev.slipring.codec.TradingSchema;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import org.agrona.DirectBuffer;

/** A ring to read from: each record is looked at through a view that ends where the record ends. */
final class Inbox implements AutoCloseable {
    /** Few, so that whoever reads two rings in turn does not keep either waiting. */
    private static final int LIMIT = 16;

    private final RingConsumer ring;
    private final String writer;
    private final MessageHandler handler;
    private final RecordView record = new RecordView(TradingSchema.HISTORY);
    private boolean closed;

    /** Receives records. */
    @FunctionalInterface
    interface Records {
        /**
         * One record.
         *
         * @param templateId which message it is
         * @param record     to decode it with
         * @param buffer     the ring; the record lies in it at the offset
         */
        void onRecord(int templateId, RecordView record, DirectBuffer buffer, int offset, int length);
    }

    /**
     * Takes a ring over.
     *
     * @param writer who is at the other end, for the error message
     */
    Inbox(RingConsumer ring, String writer, Records records) {
        this.ring = ring;
        this.writer = writer;
        handler = (type, buffer, offset, length) ->
            records.onRecord(record.wrap(buffer, offset, length), record, buffer, offset, length);
    }

    /** Delivers a few records; returns how many. */
    int poll() {
        if (closed) {
            return 0;
        }
        int outcome = ring.poll(handler, LIMIT);
        switch (outcome) {
            case RingConsumer.CLOSED -> closed = true;
            case RingConsumer.PRODUCER_DEAD -> throw new PeerGone("the " + writer + " died");
            default -> {
                return outcome;
            }
        }
        return 0;
    }

    /** True when the writer has left in order and all it sent was delivered. */
    boolean isClosed() {
        return closed;
    }

    /** Messages received. */
    long sequence() {
        return ring.sequence();
    }

    @Override
    public void close() {
        ring.close();
    }
}

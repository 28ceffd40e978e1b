package dev.slipring.examples.trading;

import dev.slipring.codec.RecordView;
import dev.slipring.codec.TradingSchema;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.transport.MessageHandler;
import dev.slipring.transport.Subscription;
import org.agrona.DirectBuffer;

/** A flow to read from: each record is looked at through a view that ends where the record ends. */
final class Inbox implements AutoCloseable {
    /** Few, so that whoever reads two flows in turn does not keep either waiting. */
    private static final int LIMIT = 16;

    private final Subscription flow;
    private final String writer;
    private final MessageHandler handler;
    private final RecordView record = new RecordView(TradingSchema.HISTORY);
    private long sequence;
    private boolean closed;

    /** Receives records. */
    @FunctionalInterface
    interface Records {
        /**
         * One record.
         *
         * @param templateId which message it is
         * @param record     to decode it with
         * @param buffer     what the transport shows; the record lies in it at the offset
         */
        void onRecord(int templateId, RecordView record, DirectBuffer buffer, int offset, int length);
    }

    /**
     * Takes a subscription over.
     *
     * @param writer who is at the other end, for the error message
     */
    Inbox(Subscription flow, String writer, Records records) {
        this.flow = flow;
        this.writer = writer;
        handler = (buffer, offset, length) ->
            records.onRecord(record.wrap(buffer, offset, length), record, buffer, offset, length);
    }

    /** Delivers a few records; returns how many. */
    int poll() {
        if (closed) {
            return 0;
        }
        int outcome = flow.poll(handler, LIMIT);
        switch (outcome) {
            case Subscription.CLOSED -> closed = true;
            case Subscription.PUBLISHER_DEAD -> throw new PeerGone("the " + writer + " died");
            default -> {
                sequence += outcome;
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
        return sequence;
    }

    @Override
    public void close() {
        flow.close();
    }
}

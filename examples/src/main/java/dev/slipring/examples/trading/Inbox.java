package dev.slipring.examples.trading;

import dev.slipring.codec.RecordView;
import dev.slipring.codec.TradingSchema;
import dev.slipring.core.Doorbell;
import dev.slipring.core.Waitable;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.transport.MessageHandler;
import dev.slipring.transport.Subscription;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A flow to read from: each record is looked at through a view that ends where the record ends. */
final class Inbox implements Waitable, AutoCloseable {
    /** Few, so that whoever reads two flows in turn does not keep either waiting. */
    private static final int LIMIT = 16;

    private final Subscription flow;
    private final Ending ending;
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

    /** Says what it means that nobody writes any more. */
    @FunctionalInterface
    interface Ending {
        /**
         * Nobody writes, and all that was written was delivered.
         *
         * @param inOrder whether the last writer left in order, as far as the transport knows
         * @return whether this is the end; if not, somebody is yet to come
         * @throws PeerGone when it should not have come to this
         */
        boolean isEnd(boolean inOrder);
    }

    /**
     * Takes over a subscription to what one process writes.
     *
     * @param writer who is at the other end, for the error message
     */
    Inbox(Subscription flow, String writer, Records records) {
        this(flow, records, inOrder -> {
            if (!inOrder) {
                throw new PeerGone("the " + writer + " died");
            }
            return true;
        });
    }

    /** Takes a subscription over. */
    Inbox(Subscription flow, Records records, Ending ending) {
        this.flow = flow;
        this.ending = ending;
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
            case Subscription.CLOSED -> closed = ending.isEnd(true);
            case Subscription.PUBLISHER_DEAD -> closed = ending.isEnd(false);
            default -> {
                sequence += outcome;
                return outcome;
            }
        }
        return 0;
    }

    @Override
    public boolean isReady() {
        return flow.isReady();
    }

    @Override
    public void hurry() {
        flow.hurry();
    }

    @Override
    public @Nullable Doorbell doorbell() {
        return flow.doorbell();
    }

    /** True when all was delivered that there will ever be. */
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

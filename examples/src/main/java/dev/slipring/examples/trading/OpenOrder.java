package dev.slipring.examples.trading;

import dev.slipring.codec.trading.Side;

/** A limit order that waits to be filled. */
final class OpenOrder {
    private final long orderId;
    private final long tradeSequence;
    private final long clientTimeNs;
    private final long intendedSendTimeNs;
    private final Side side;
    private final long limitPrice;
    private final long quantity;
    private long filled;

    OpenOrder(long orderId, long tradeSequence, long clientTimeNs, long intendedSendTimeNs, Side side, long limitPrice, long quantity) {
        this.orderId = orderId;
        this.tradeSequence = tradeSequence;
        this.clientTimeNs = clientTimeNs;
        this.intendedSendTimeNs = intendedSendTimeNs;
        this.side = side;
        this.limitPrice = limitPrice;
        this.quantity = quantity;
    }

    long orderId() {
        return orderId;
    }

    /** Of the trade that triggered it. */
    long tradeSequence() {
        return tradeSequence;
    }

    long clientTimeNs() {
        return clientTimeNs;
    }

    /** Of the trade that triggered it. */
    long intendedSendTimeNs() {
        return intendedSendTimeNs;
    }

    Side side() {
        return side;
    }

    /** In units of {@link Units#PRICE_EXPONENT}. */
    long limitPrice() {
        return limitPrice;
    }

    /** In units of {@link Units#QUANTITY_EXPONENT}, as are all quantities here. */
    long filled() {
        return filled;
    }

    long leaves() {
        return quantity - filled;
    }

    boolean takes(long price) {
        return side == Side.BUY ? price <= limitPrice : price >= limitPrice;
    }

    void fill(long fillQuantity) {
        filled += fillQuantity;
    }
}

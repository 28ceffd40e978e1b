package dev.slipring.examples.trading;

import dev.slipring.codec.trading.Side;
import dev.slipring.examples.demo.Digest;

/** Adds orders up, in the flow. Allocates nothing. */
final class OrderTally {
    private final Digest digest = new Digest();
    private long count;
    private long outOfSequence;
    private long expected = 1;
    private long buys;
    private long quantity;

    void add(long orderId, long tradeSequence, Side side, long limitPrice, long orderQuantity) {
        count++;
        outOfSequence += orderId == expected ? 0 : 1;
        expected = orderId + 1;
        buys += side == Side.BUY ? 1 : 0;
        quantity = Math.addExact(quantity, orderQuantity);
        digest.add(orderId).add(tradeSequence).add(side.value()).add(limitPrice).add(orderQuantity);
    }

    long count() {
        return count;
    }

    OrderTotals totals() {
        return new OrderTotals(count, outOfSequence, buys, count - buys, Units.decimal(quantity, Units.QUANTITY_EXPONENT),
            digest.toString());
    }
}

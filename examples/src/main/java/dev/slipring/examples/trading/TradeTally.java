package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Digest;

/** Adds trades up, in the flow. Allocates nothing. */
final class TradeTally {
    private final Digest digest = new Digest();
    private long count;
    private long outOfSequence;
    private long expected;
    private long quantity;
    private long notional;

    void add(long sequence, long epochSecond, long price, long tradeQuantity) {
        count++;
        outOfSequence += sequence == expected ? 0 : 1;
        expected = sequence + 1;
        quantity = Math.addExact(quantity, tradeQuantity);
        notional = Math.addExact(notional, Units.notional(price, tradeQuantity));
        digest.add(sequence).add(epochSecond).add(price).add(tradeQuantity);
    }

    long count() {
        return count;
    }

    TradeTotals totals() {
        return new TradeTotals(count, outOfSequence, Units.decimal(quantity, Units.QUANTITY_EXPONENT),
            Units.decimal(notional, Units.NOTIONAL_EXPONENT), digest.toString());
    }
}

package dev.slipring.examples.trading;

/** Volume-weighted average price of the last trades, exactly. Allocates nothing after its construction. */
final class RollingVwap {
    private static final long SCALE = 100; // from the exponent of notional / quantity to VWAP_EXPONENT

    private final long[] quantities;
    private final long[] notionals;
    private int count;
    private int next;
    private long quantity;
    private long notional;

    /**
     * An average of no trades yet.
     *
     * @param window most trades it is over, 1 or more
     */
    RollingVwap(int window) {
        quantities = new long[window];
        notionals = new long[window];
    }

    /** Takes a trade in, and the oldest out when the window is full. */
    void add(long price, long tradeQuantity) {
        if (isFull()) {
            quantity -= quantities[next];
            notional -= notionals[next];
        } else {
            count++;
        }
        quantities[next] = tradeQuantity;
        notionals[next] = Units.notional(price, tradeQuantity);
        quantity = Math.addExact(quantity, quantities[next]);
        notional = Math.addExact(notional, notionals[next]);
        next = next + 1 == quantities.length ? 0 : next + 1;
    }

    boolean isFull() {
        return count == quantities.length;
    }

    /** In units of {@link Units#VWAP_EXPONENT}, the rest cut off; 0 while nothing was traded. */
    long value() {
        return quantity == 0 ? 0 : Math.multiplyExact(notional, SCALE) / quantity;
    }
}

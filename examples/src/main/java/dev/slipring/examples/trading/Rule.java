package dev.slipring.examples.trading;

/** The numbers of the trading rule: what {@link VwapRule} does in the flow, and {@link Reference} does again by other means. */
final class Rule {
    /** Trades that the average is over; no order before there were as many. */
    static final int WINDOW = 1000;
    /** How far from the average a price must be, in thousandths of it: below to buy, above to sell. */
    static final int BAND_PER_MILLE = 2;
    /** Bitcoins in an order. */
    static final String ORDER_QUANTITY = "0.2";
    /** Most that the orders sent may add up to on either side, in bitcoins, as if all of them were filled. */
    static final String POSITION_LIMIT = "2";

    private Rule() {
    }
}

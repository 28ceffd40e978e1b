package dev.slipring.examples.trading;

import java.math.BigDecimal;

/**
 * The decimals of the flow: a number there is a {@code long} that counts these units, so sums and products are exact, and one that does
 * not fit is an {@link ArithmeticException} and never a rounded figure.
 */
final class Units {
    /** Prices count cents. */
    static final byte PRICE_EXPONENT = -2;
    /** Quantities count hundred millionths of a bitcoin. */
    static final byte QUANTITY_EXPONENT = -8;
    /** Price times quantity. */
    static final byte NOTIONAL_EXPONENT = PRICE_EXPONENT + QUANTITY_EXPONENT;
    /** Volume-weighted average prices count hundredths of a cent; the rest is cut off. */
    static final byte VWAP_EXPONENT = -4;

    private Units() {
    }

    static long notional(long price, long quantity) {
        return Math.multiplyExact(price, quantity);
    }

    static BigDecimal decimal(long units, int exponent) {
        return BigDecimal.valueOf(units, -exponent);
    }
}

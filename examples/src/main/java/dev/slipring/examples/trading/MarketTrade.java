package dev.slipring.examples.trading;

import dev.slipring.codec.Decimal;

/**
 * One line of the file, in the units of the flow.
 *
 * @param epochSecond when, by the exchange's clock, in seconds since 1970
 * @param price       in units of {@link Units#PRICE_EXPONENT}
 * @param quantity    in units of {@link Units#QUANTITY_EXPONENT}; 0 or more
 */
record MarketTrade(long epochSecond, long price, long quantity) {

    /**
     * Reads {@code timestamp,price,amount}.
     *
     * @throws IllegalArgumentException when the line is anything else
     * @throws ArithmeticException      when price or amount has more digits than their units
     */
    static MarketTrade parse(String line) {
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("expected timestamp,price,amount, found \"" + line + '"');
        }
        return new MarketTrade(Long.parseLong(line, 0, first, 10),
            units(Decimal.parse(line, first + 1, second), Units.PRICE_EXPONENT),
            units(Decimal.parse(line, second + 1, line.length()), Units.QUANTITY_EXPONENT));
    }

    private static long units(Decimal number, byte exponent) {
        return Decimal.rescale(number.mantissa(), number.exponent(), exponent);
    }
}

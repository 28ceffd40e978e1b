package dev.slipring.examples.trading;

import java.math.BigDecimal;

/**
 * A flow of trades, added up.
 *
 * @param count         how many
 * @param outOfSequence how many did not carry the sequence behind the one before; the first is 0
 * @param volume        sum of the quantities
 * @param notional      sum of price times quantity
 * @param digest        of sequence, time, price and quantity of each
 */
record TradeTotals(long count, long outOfSequence, BigDecimal volume, BigDecimal notional, String digest) {
}

package dev.slipring.examples.trading;

import java.math.BigDecimal;

/**
 * A flow of orders, added up.
 *
 * @param count         how many
 * @param outOfSequence how many did not carry the id behind the one before; the first is 1
 * @param buys          of them
 * @param sells         of them
 * @param quantity      ordered on both sides
 * @param digest        of id, triggering trade, side, limit and quantity of each
 */
record OrderTotals(long count, long outOfSequence, long buys, long sells, BigDecimal quantity, String digest) {
}

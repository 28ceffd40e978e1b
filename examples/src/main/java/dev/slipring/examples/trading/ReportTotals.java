package dev.slipring.examples.trading;

import java.math.BigDecimal;

/**
 * A flow of execution reports, added up.
 *
 * @param count            how many
 * @param outOfSequence    how many did not carry the id behind the one before; the first is 1
 * @param accepted         orders that were accepted
 * @param fills            partial and final ones
 * @param filledOrders     orders that were filled to the end
 * @param canceledOrders   orders of which something was left at the end
 * @param filledQuantity   bought or sold
 * @param canceledQuantity left at the end
 * @param position         bought less sold
 * @param cash             received for what was sold, less paid for what was bought
 * @param notional         price times quantity of all fills
 * @param largestPosition  most that was ever held, on either side
 * @param digest           of id, order, kind, price and quantities of each
 */
record ReportTotals(long count, long outOfSequence, long accepted, long fills, long filledOrders, long canceledOrders,
    BigDecimal filledQuantity, BigDecimal canceledQuantity, BigDecimal position, BigDecimal cash, BigDecimal notional,
    BigDecimal largestPosition, String digest) {
}

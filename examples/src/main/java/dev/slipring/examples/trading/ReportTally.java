package dev.slipring.examples.trading;

import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.Side;
import dev.slipring.examples.demo.Digest;
import java.math.BigDecimal;

/** Adds execution reports up, in the flow. Allocates nothing. */
final class ReportTally {
    private final Digest digest = new Digest();
    private long count;
    private long outOfSequence;
    private long expected = 1;
    private long accepted;
    private long fills;
    private long filledOrders;
    private long canceledOrders;
    private long filledQuantity;
    private long canceledQuantity;
    private long position;
    private long cash;
    private long notional;
    private long largestPosition;

    /**
     * Counts one.
     *
     * @param price      of the fill; 0 where there is none
     * @param quantity   of the fill; 0 where there is none
     * @param cumulative filled so far
     * @param leaves     still open; 0 at the end
     */
    void add(long execId, long orderId, ExecType type, Side side, long price, long quantity, long cumulative, long leaves) {
        count++;
        outOfSequence += execId == expected ? 0 : 1;
        expected = execId + 1;
        switch (type) {
            case NEW -> accepted++;
            case TRADE -> onFill(side, price, quantity, leaves);
            case CANCELED -> {
                canceledOrders++;
                canceledQuantity = Math.addExact(canceledQuantity, VwapRule.ORDER_QUANTITY - cumulative);
            }
            default -> throw new IllegalStateException("report " + execId + " of order " + orderId + " is " + type
                + "; this gateway sends NEW, TRADE and CANCELED only");
        }
        digest.add(execId).add(orderId).add(type.value()).add(side.value()).add(price).add(quantity).add(cumulative)
            .add(leaves);
    }

    private void onFill(Side side, long price, long quantity, long leaves) {
        long sign = side == Side.BUY ? 1 : -1;
        fills++;
        filledOrders += leaves == 0 ? 1 : 0;
        filledQuantity = Math.addExact(filledQuantity, quantity);
        position = Math.addExact(position, sign * quantity);
        long paid = Units.notional(price, quantity);
        cash = Math.subtractExact(cash, sign * paid);
        notional = Math.addExact(notional, paid);
        largestPosition = Math.max(largestPosition, Math.abs(position));
    }

    ReportTotals totals() {
        return new ReportTotals(count, outOfSequence, accepted, fills, filledOrders, canceledOrders, quantity(filledQuantity),
            quantity(canceledQuantity), quantity(position), Units.decimal(cash, Units.NOTIONAL_EXPONENT),
            Units.decimal(notional, Units.NOTIONAL_EXPONENT), quantity(largestPosition), digest.toString());
    }

    private static BigDecimal quantity(long units) {
        return Units.decimal(units, Units.QUANTITY_EXPONENT);
    }
}

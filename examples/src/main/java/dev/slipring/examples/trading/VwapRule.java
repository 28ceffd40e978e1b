package dev.slipring.examples.trading;

import dev.slipring.codec.Decimal;
import dev.slipring.codec.trading.Side;

/**
 * Decides at each trade whether to send an order: buy below the rolling average, sell above it, up to a limit.
 *
 * <p>It knows the trades and what it has decided before, and nothing else. Not what was filled: reports arrive when they arrive, and what
 * depends on that could not be computed a second time.
 */
final class VwapRule {
    /** Of every order, in units of {@link Units#QUANTITY_EXPONENT}. */
    static final long ORDER_QUANTITY = quantity(Rule.ORDER_QUANTITY);

    private static final long POSITION_LIMIT = quantity(Rule.POSITION_LIMIT);
    private static final long PRICE_TO_VWAP = 100;
    private static final int MILLE = 1000;

    private final RollingVwap vwap = new RollingVwap(Rule.WINDOW);
    private long sent;

    /** What to do after this trade: buy, sell, or {@link Side#NULL_VAL} for nothing. */
    Side onTrade(long price, long quantity) {
        vwap.add(price, quantity);
        if (!vwap.isFull()) {
            return Side.NULL_VAL;
        }
        long perMille = Math.multiplyExact(price, PRICE_TO_VWAP * MILLE);
        long average = vwap.value();
        if (perMille <= Math.multiplyExact(average, (long) MILLE - Rule.BAND_PER_MILLE) && sent + ORDER_QUANTITY <= POSITION_LIMIT) {
            sent += ORDER_QUANTITY;
            return Side.BUY;
        }
        if (perMille >= Math.multiplyExact(average, (long) MILLE + Rule.BAND_PER_MILLE) && sent - ORDER_QUANTITY >= -POSITION_LIMIT) {
            sent -= ORDER_QUANTITY;
            return Side.SELL;
        }
        return Side.NULL_VAL;
    }

    /** The average now, in units of {@link Units#VWAP_EXPONENT}. */
    long vwap() {
        return vwap.value();
    }

    private static long quantity(String text) {
        var number = Decimal.parse(text);
        return Decimal.rescale(number.mantissa(), number.exponent(), Units.QUANTITY_EXPONENT);
    }
}

package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.codec.trading.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenOrdersTest {
    private final OpenOrders open = new OpenOrders();
    private final List<String> fills = new ArrayList<>();

    @Test
    void aBuyerTakesItsLimitAndBelowASellerItsLimitAndAbove() {
        add(1, Side.BUY, 100, 5);
        add(2, Side.SELL, 101, 5);
        trade(99, 1);
        trade(100, 1);
        trade(101, 1);
        trade(102, 1);
        assertThat(fills).containsExactly("1: 1 at 99", "1: 1 at 100", "2: 1 at 101", "2: 1 at 102");
    }

    @Test
    void nothingBetweenTheLimitsIsFilled() {
        add(1, Side.BUY, 100, 5);
        add(2, Side.SELL, 102, 5);
        trade(101, 50);
        assertThat(fills).isEmpty();
    }

    @Test
    void aTradeFillsNoMoreThanItsQuantityOldestOrderFirst() {
        add(1, Side.BUY, 100, 5);
        add(2, Side.BUY, 101, 5);
        add(3, Side.BUY, 102, 5);
        trade(100, 7);
        trade(100, 7);
        trade(100, 7);
        assertThat(fills).containsExactly("1: 5 at 100", "2: 2 at 100", "2: 3 at 100", "3: 4 at 100", "3: 1 at 100");
    }

    @Test
    void aFilledOrderIsGoneAndOnlyWhatIsLeftIsCanceled() {
        add(1, Side.SELL, 100, 5);
        add(2, Side.SELL, 100, 5);
        trade(100, 6);
        var canceled = new ArrayList<String>();
        open.cancelAll(order -> canceled.add(order.orderId() + ": " + order.leaves()));
        assertThat(canceled).containsExactly("2: 4");
        trade(100, 6);
        assertThat(fills).hasSize(2);
    }

    private void add(long id, Side side, long limit, long quantity) {
        open.add(new OpenOrder(id, 0, 0, 0, side, limit, quantity));
    }

    private void trade(long price, long quantity) {
        open.onTrade(price, quantity, (order, at, filled) -> fills.add(order.orderId() + ": " + filled + " at " + at));
    }
}

package dev.slipring.examples.trading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills orders against the trades that come after them, as if each trade's counterparty had dealt with us: at the trade's price, oldest
 * order first, and no more in all than the trade's quantity.
 */
final class OpenOrders {
    private final List<OpenOrder> orders = new ArrayList<>();

    /** Told of each fill, after the order has counted it. */
    @FunctionalInterface
    interface Fills {
        void onFill(OpenOrder order, long price, long quantity);
    }

    void add(OpenOrder order) {
        orders.add(order);
    }

    /** Fills what this trade can fill. */
    void onTrade(long price, long quantity, Fills fills) {
        long available = quantity;
        int kept = 0;
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            if (available > 0 && order.takes(price)) {
                long filled = Math.min(available, order.leaves());
                available -= filled;
                order.fill(filled);
                fills.onFill(order, price, filled);
            }
            if (order.leaves() > 0) {
                orders.set(kept++, order);
            }
        }
        while (orders.size() > kept) {
            orders.removeLast();
        }
    }

    /** Takes all of them out, oldest first. */
    void cancelAll(Consumer<OpenOrder> canceled) {
        orders.forEach(canceled);
        orders.clear();
    }
}

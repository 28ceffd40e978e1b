package dev.slipring.examples.trading;

import java.util.ArrayList;
import java.util.List;

/** Compares what the processes did, each on its own account, with the direct computation; nothing is rounded or tolerated. */
final class Verdict {
    private final List<String> problems = new ArrayList<>();

    private Verdict() {
    }

    /** What differs, in words; empty when nothing does. */
    static List<String> problems(Expected expected, Results results) {
        var verdict = new Verdict();
        verdict.compare(expected, results);
        return List.copyOf(verdict.problems);
    }

    private void compare(Expected expected, Results results) {
        var feed = results.feed();
        var strategy = results.strategy();
        var gateway = results.gateway();
        check("trades sent by the feed", expected.trades(), feed.trades());
        check("trades received by the strategy", expected.trades(), strategy.trades());
        check("trades received by the gateway", expected.trades(), gateway.trades());
        check("rolling VWAP of the strategy", expected.vwap(), strategy.vwap());
        check("orders sent by the strategy", expected.orders(), strategy.orders());
        check("orders received by the gateway", expected.orders(), gateway.orders());
        check("reports sent by the gateway", expected.reports(), gateway.reports());
        check("reports received by the strategy", expected.reports(), strategy.reports());

        long trades = expected.trades().count();
        long tradesAndOrders = trades + expected.orders().count();
        check("messages put into the trades ring", trades, feed.tradesRing());
        check("messages taken out of the trades ring", trades, strategy.tradesRing());
        check("messages put into the orders ring", tradesAndOrders, strategy.ordersRing());
        check("messages taken out of the orders ring", tradesAndOrders, gateway.ordersRing());
        check("messages put into the reports ring", expected.reports().count(), gateway.reportsRing());
        check("messages taken out of the reports ring", expected.reports().count(), strategy.reportsRing());
        check("latencies recorded from feed to strategy", trades, strategy.feedToStrategy().count());
        check("latencies recorded from feed to ack", expected.orders().count(), strategy.feedToAck().count());
        check("quantity filled and canceled", expected.orders().quantity(),
            strategy.reports().filledQuantity().add(strategy.reports().canceledQuantity()));
    }

    private void check(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            problems.add(what + ": expected " + expected + ", found " + found);
        }
    }
}

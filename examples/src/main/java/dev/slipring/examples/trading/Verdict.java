package dev.slipring.examples.trading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what the processes did, each on its own account, with the direct computation; nothing is rounded or tolerated. */
final class Verdict {
    private final List<String> problems = new ArrayList<>();

    private final boolean stopped;

    private Verdict(boolean stopped) {
        this.stopped = stopped;
    }

    /**
     * What differs, in words; empty when nothing does.
     *
     * @param stopped whether the feeds were told to stop, so that each may have sent less than the other
     */
    static List<String> problems(Reference reference, Results results, boolean stopped) {
        var verdict = new Verdict(stopped);
        verdict.compareMarket(reference, results);
        verdict.compareOrders(reference.expected(), results);
        verdict.compareReaders(reference, results);
        return List.copyOf(verdict.problems);
    }

    /** Trades, from the file to the strategy. */
    private void compareMarket(Reference reference, Results results) {
        var expected = reference.expected().trades();
        var strategy = results.strategy();
        compareLine(Line.A, reference, results.feedA(), strategy.lineA());
        compareLine(Line.B, reference, results.feedB(), strategy.lineB());
        check("trades received by the strategy", expected, strategy.trades());
        long copies = strategy.lineA().copies().count() + strategy.lineB().copies().count();
        check("first copies", expected.count(), strategy.lineA().first() + strategy.lineB().first());
        check("duplicates", copies - expected.count(), strategy.duplicates());
        check("messages taken out of the trades ring", copies + strategy.lineA().ends() + strategy.lineB().ends(), strategy.tradesRing());
        check("latencies recorded from feed to strategy", expected.count(), strategy.feedToStrategy().count());
        check("rolling VWAP of the strategy", reference.expected().vwap(), strategy.vwap());
    }

    /** A feed that was killed, or stopped, has sent the first so many, and as many have come. */
    private void compareLine(Line line, Reference reference, @Nullable FeedResult feed, LineTotals received) {
        var all = reference.expected().trades();
        long count = received.copies().count();
        var expected = (feed != null && !stopped) || count == all.count() ? all : reference.firstTrades(count);
        check("trades received on line " + line, expected, received.copies());
        if (feed == null) {
            return;
        }
        check("trades sent on line " + line, expected, feed.trades());
        check("closes received on line " + line, 1L, received.ends());
        check("messages put into the trades ring on line " + line, expected.count() + 1, feed.tradesRing());
    }

    /** From the strategy to the gateway and back. */
    private void compareOrders(Expected expected, Results results) {
        var strategy = results.strategy();
        var gateway = results.gateway();
        check("trades received by the gateway", expected.trades(), gateway.trades());
        check("orders sent by the strategy", expected.orders(), strategy.orders());
        check("orders received by the gateway", expected.orders(), gateway.orders());
        check("reports sent by the gateway", expected.reports(), gateway.reports());
        check("reports received by the strategy", expected.reports(), strategy.reports());

        long tradesAndOrders = expected.trades().count() + expected.orders().count();
        check("messages put into the orders ring", tradesAndOrders, strategy.ordersRing());
        check("messages taken out of the orders ring", tradesAndOrders, gateway.ordersRing());
        check("messages put into the reports ring", expected.reports().count(), gateway.reportsRing());
        check("messages taken out of the reports ring", expected.reports().count(), strategy.reportsRing());
        check("latencies recorded from feed to ack", expected.orders().count(), strategy.feedToAck().count());
        check("quantity filled and canceled", expected.orders().quantity(),
            strategy.reports().filledQuantity().add(strategy.reports().canceledQuantity()));
    }

    /** Executions: the risk monitor has all of them; the recorder has all but those that it says it lost, and no others. */
    private void compareReaders(Reference reference, Results results) {
        var expected = reference.expected().reports();
        var recorder = results.recorder();
        check("messages put into the executions ring", expected.count(), results.gateway().executionsRing());
        check("messages taken out of the executions ring by the risk monitor", expected.count(), results.risk().executionsRing());
        check("executions received by the risk monitor", expected, results.risk().executions());
        long next = 0;
        for (var gap : recorder.gaps()) {
            check("gap of the recorder " + gap + " behind the one before, not empty, and before the last execution", true,
                next <= gap.first() && gap.first() <= gap.last() && gap.last() < expected.count() - 1);
            next = gap.last() + 2; // between two gaps something was delivered
        }
        check("executions that the recorder got or lost", expected.count(), recorder.executions().count() + recorder.lost());
        check("executions received by the recorder", reference.executionsWithout(recorder.gaps()), recorder.executions());
    }

    private void check(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            problems.add(what + ": expected " + expected + ", found " + found);
        }
    }
}

package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Latency;
import java.math.BigDecimal;

/**
 * What a run came to: the facts of the table, and of the JSON file.
 *
 * @param trades           that went through all three processes
 * @param volume           of them
 * @param notional         of them
 * @param vwap             rolling average after the last
 * @param orders           sent
 * @param fills            of them, partial and final
 * @param filledOrders     to the end
 * @param canceledOrders   with something left at the end
 * @param position         bought less sold
 * @param cash             received less paid
 * @param sequenceErrors   messages out of sequence, at all hops
 * @param seconds          from when the first trade was due until the last had left the gateway
 * @param tradesPerSecond  in that time
 * @param latency          at both hops
 * @param backPressure     where messages had to wait
 */
record Figures(long trades, BigDecimal volume, BigDecimal notional, BigDecimal vwap, long orders, long fills, long filledOrders,
    long canceledOrders, BigDecimal position, BigDecimal cash, long sequenceErrors, double seconds, long tradesPerSecond, Latencies latency,
    BackPressure backPressure) {

    private static final double NS_PER_SECOND = 1e9;

    /** Delays since the triggering trade was due. */
    record Latencies(String unit, Latency feedToStrategy, Latency feedToAck) {
    }

    /** Messages that had to wait for room, by the process that sent them. */
    record BackPressure(long feed, long strategy, long gateway) {
    }

    static Figures of(Results results) {
        var feed = results.feed();
        var strategy = results.strategy();
        var gateway = results.gateway();
        var reports = strategy.reports();
        double seconds = (gateway.endNs() - feed.startNs()) / NS_PER_SECOND;
        long errors = feed.trades().outOfSequence() + strategy.trades().outOfSequence() + gateway.trades().outOfSequence()
            + strategy.orders().outOfSequence() + gateway.orders().outOfSequence() + gateway.reports().outOfSequence()
            + reports.outOfSequence();
        return new Figures(gateway.trades().count(), gateway.trades().volume(), gateway.trades().notional(), strategy.vwap(),
            gateway.orders().count(), reports.fills(), reports.filledOrders(), reports.canceledOrders(), reports.position(), reports.cash(),
            errors, seconds, Math.round(gateway.trades().count() / seconds),
            new Latencies("ns", strategy.feedToStrategy(), strategy.feedToAck()),
            new BackPressure(feed.backPressure(), strategy.backPressure(), gateway.backPressure()));
    }
}

package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Latency;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to: the facts of the table, and of the JSON file.
 *
 * @param trades           that went through all, each counted once
 * @param volume           of them
 * @param notional         of them
 * @param vwap             rolling average after the last
 * @param lines            how they came
 * @param orders           sent
 * @param fills            of them, partial and final
 * @param filledOrders     to the end
 * @param canceledOrders   with something left at the end
 * @param position         bought less sold
 * @param cash             received less paid
 * @param executions       published, and what became of them
 * @param sequenceErrors   messages out of sequence, at all hops where none may be
 * @param seconds          from when the first trade was due until the last had left the gateway
 * @param tradesPerSecond  in that time
 * @param latency          at both hops
 * @param backPressure     where messages had to wait
 */
record Figures(long trades, BigDecimal volume, BigDecimal notional, BigDecimal vwap, Lines lines, long orders, long fills,
    long filledOrders, long canceledOrders, BigDecimal position, BigDecimal cash, Published executions, long sequenceErrors, double seconds,
    long tradesPerSecond, Latencies latency, BackPressure backPressure) {

    private static final double NS_PER_SECOND = 1e9;

    /** Delays since the triggering trade was due. */
    record Latencies(String unit, Latency feedToStrategy, Latency feedToAck) {
    }

    /** Copies of trades that came from one feed, and how many of them came before the other's. */
    record Copies(long copies, long first) {
    }

    /** Copies from both feeds, and how many of them were none the first. */
    record Lines(Copies a, Copies b, long duplicates) {
    }

    /** Executions that the gateway published, and who got how many. */
    record Published(long published, Seen risk, Recorded recorder) {
    }

    /** Executions that the risk monitor got, and what it came to by them alone. */
    record Seen(long delivered, long lost, BigDecimal position, BigDecimal cash, BigDecimal notional, BigDecimal largestPosition) {
    }

    /** Executions that the recorder got, and which it lost, by their sequences. */
    record Recorded(long delivered, long lost, List<Gap> gaps) {
    }

    /** Messages that had to wait for room, by the process that sent them. */
    record BackPressure(long feedA, long feedB, long strategy, long gateway) {
    }

    static Figures of(Results results) {
        var feeds = Stream.of(results.feedA(), results.feedB()).filter(Objects::nonNull).toList();
        var strategy = results.strategy();
        var gateway = results.gateway();
        var reports = strategy.reports();
        long startNs = feeds.stream().mapToLong(FeedResult::startNs).min().orElseThrow();
        double seconds = (gateway.endNs() - startNs) / NS_PER_SECOND;
        return new Figures(gateway.trades().count(), gateway.trades().volume(), gateway.trades().notional(), strategy.vwap(),
            new Lines(copies(strategy.lineA()), copies(strategy.lineB()), strategy.duplicates()), gateway.orders().count(),
            reports.fills(), reports.filledOrders(), reports.canceledOrders(), reports.position(), reports.cash(), published(results),
            sequenceErrors(feeds, results), seconds, Math.round(gateway.trades().count() / seconds),
            new Latencies("ns", strategy.feedToStrategy(), strategy.feedToAck()),
            new BackPressure(backPressure(results.feedA()), backPressure(results.feedB()), strategy.backPressure(),
                gateway.backPressure()));
    }

    private static long sequenceErrors(List<FeedResult> feeds, Results results) {
        var strategy = results.strategy();
        var gateway = results.gateway();
        return feeds.stream().mapToLong(feed -> feed.trades().outOfSequence()).sum()
            + strategy.lineA().copies().outOfSequence() + strategy.lineB().copies().outOfSequence()
            + strategy.trades().outOfSequence() + gateway.trades().outOfSequence()
            + strategy.orders().outOfSequence() + gateway.orders().outOfSequence()
            + gateway.reports().outOfSequence() + strategy.reports().outOfSequence() + results.risk().executions().outOfSequence();
    }

    private static Published published(Results results) {
        long published = results.gateway().executionsRing();
        var risk = results.risk().executions();
        var recorder = results.recorder();
        return new Published(published,
            new Seen(risk.count(), published - risk.count(), risk.position(), risk.cash(), risk.notional(), risk.largestPosition()),
            new Recorded(recorder.executions().count(), recorder.lost(), recorder.gaps()));
    }

    private static Copies copies(LineTotals line) {
        return new Copies(line.copies().count(), line.first());
    }

    private static long backPressure(@Nullable FeedResult feed) {
        return feed == null ? 0 : feed.backPressure();
    }
}

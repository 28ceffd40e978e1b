package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Latency;
import java.math.BigDecimal;

/**
 * What the strategy saw and did.
 *
 * @param trades         received, each once
 * @param lineA          what of them came from one feed
 * @param lineB          from the other
 * @param duplicates     copies that came when their trade was there already
 * @param vwap           rolling average after the last trade
 * @param orders         sent
 * @param reports        received
 * @param feedToStrategy delay of each trade
 * @param feedToAck      delay of each order's acceptance, from the time its trade was due
 * @param tradesRing     messages taken out
 * @param ordersRing     messages put in
 * @param reportsRing    messages taken out
 * @param backPressure   messages that had to wait for room
 */
record StrategyResult(TradeTotals trades, LineTotals lineA, LineTotals lineB, long duplicates, BigDecimal vwap, OrderTotals orders,
    ReportTotals reports, Latency feedToStrategy, Latency feedToAck, long tradesRing, long ordersRing, long reportsRing,
    long backPressure) {
}

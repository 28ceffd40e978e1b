package dev.slipring.examples.trading;

/**
 * What the gateway saw and did.
 *
 * @param trades         received
 * @param orders         received
 * @param reports        sent
 * @param endNs          when the last trade had been dealt with, by {@link System#nanoTime}
 * @param ordersRing     messages taken out
 * @param reportsRing    messages put in
 * @param executionsRing messages put in
 * @param backPressure   messages that had to wait for room
 */
record GatewayResult(TradeTotals trades, OrderTotals orders, ReportTotals reports, long endNs, long ordersRing, long reportsRing,
    long executionsRing, long backPressure) {
}

package dev.slipring.examples.trading;

/**
 * What the feed handler did.
 *
 * @param trades       sent
 * @param startNs      when the first trade was due, by {@link System#nanoTime}
 * @param tradesRing   messages put in
 * @param backPressure messages that had to wait for room
 */
record FeedResult(TradeTotals trades, long startNs, long tradesRing, long backPressure) {
}

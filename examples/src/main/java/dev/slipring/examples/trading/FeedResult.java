package dev.slipring.examples.trading;

/**
 * What a feed handler did.
 *
 * @param trades       sent
 * @param startNs      when the first trade was due, by {@link System#nanoTime}
 * @param tradesRing   messages put in: the trades, and the market's close
 * @param backPressure messages that had to wait for room
 */
record FeedResult(TradeTotals trades, long startNs, long tradesRing, long backPressure) {
}

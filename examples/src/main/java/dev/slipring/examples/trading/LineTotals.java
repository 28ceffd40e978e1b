package dev.slipring.examples.trading;

/**
 * What came on one line.
 *
 * @param copies of trades, duplicates or not
 * @param first  of them, those that came before the other line's
 * @param ends   how often the line said that the market had closed
 */
record LineTotals(TradeTotals copies, long first, long ends) {
}

package dev.slipring.examples.trading;

import java.math.BigDecimal;

/**
 * What the pipeline must come to.
 *
 * @param trades  all of the file
 * @param vwap    rolling average after the last trade
 * @param orders  sent by the strategy
 * @param reports sent by the gateway
 */
record Expected(TradeTotals trades, BigDecimal vwap, OrderTotals orders, ReportTotals reports) {
}

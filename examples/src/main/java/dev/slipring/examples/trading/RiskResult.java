package dev.slipring.examples.trading;

/**
 * What the risk monitor saw.
 *
 * @param executions     received
 * @param executionsRing messages taken out
 */
record RiskResult(ReportTotals executions, long executionsRing) {
}

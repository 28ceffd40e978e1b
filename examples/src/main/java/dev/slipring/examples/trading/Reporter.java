package dev.slipring.examples.trading;

import dev.slipring.codec.trading.DecimalEncoder;
import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.ExecutionReportEncoder;
import dev.slipring.codec.trading.Liquidity;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.OrderStatus;

/**
 * Sends the gateway's execution reports to the strategy, and to whoever reads along, and adds them up. A report is encoded in the room that
 * the readers' ring has for it, and copied from there.
 */
final class Reporter implements AutoCloseable {
    private static final int MESSAGE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + ExecutionReportEncoder.BLOCK_LENGTH
        + ExecutionReportEncoder.textHeaderLength();
    private static final int INSTRUMENT = 1;
    private static final byte[] NO_TEXT = {};

    private final Outbox strategy;
    private final Outbox readers;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder encoder = new ExecutionReportEncoder();
    private final ReportTally tally = new ReportTally();
    private long execId;

    Reporter(Outbox strategy, Outbox readers) {
        this.strategy = strategy;
        this.readers = readers;
    }

    /** A fill, which the order has counted already. */
    void filled(OpenOrder order, long price, long quantity) {
        report(order, ExecType.TRADE, order.leaves() == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED, price, quantity);
    }

    /** The end of an order of which something is left: as in FIX, nothing of it stays open. */
    void canceled(OpenOrder order) {
        report(order, ExecType.CANCELED, OrderStatus.CANCELED, 0, 0);
    }

    /** Any report; without a fill, price and quantity are 0. */
    void report(OpenOrder order, ExecType type, OrderStatus status, long price, long quantity) {
        boolean filled = type == ExecType.TRADE;
        long leaves = type == ExecType.CANCELED ? 0 : order.leaves();
        var message = readers.claim(MESSAGE_LENGTH);
        encoder.wrapAndApplyHeader(message, 0, header)
            .orderId(order.orderId())
            .execId(++execId)
            .tradeSequence(order.tradeSequence())
            .clientTimeNs(order.clientTimeNs())
            .transactTimeNs(System.nanoTime())
            .intendedSendTimeNs(order.intendedSendTimeNs())
            .side(order.side())
            .execType(type)
            .orderStatus(status)
            .instrumentId(INSTRUMENT)
            .liquidity(filled ? Liquidity.MAKER : Liquidity.NULL_VAL);
        encoder.fillPrice().mantissa(filled ? price : DecimalEncoder.mantissaNullValue()).exponent(Units.PRICE_EXPONENT);
        encoder.fillQuantity().mantissa(quantity).exponent(Units.QUANTITY_EXPONENT);
        encoder.cumulativeQuantity().mantissa(order.filled()).exponent(Units.QUANTITY_EXPONENT);
        encoder.leavesQuantity().mantissa(leaves).exponent(Units.QUANTITY_EXPONENT);
        encoder.putText(NO_TEXT, 0, 0);
        strategy.send(message, 0, MESSAGE_LENGTH);
        readers.commit();
        tally.add(execId, order.orderId(), type, order.side(), price, quantity, order.filled(), leaves);
    }

    ReportTotals totals() {
        return tally.totals();
    }

    /** Messages sent to the strategy. */
    long reports() {
        return strategy.sequence();
    }

    /** Messages sent to the readers. */
    long executions() {
        return readers.sequence();
    }

    /** Messages that had to wait for room, on either side. */
    long backPressure() {
        return strategy.backPressure() + readers.backPressure();
    }

    @Override
    public void close() {
        strategy.close();
        readers.close();
    }
}

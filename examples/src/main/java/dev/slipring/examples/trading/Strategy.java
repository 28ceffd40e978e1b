package dev.slipring.examples.trading;

import dev.slipring.codec.Decimal;
import dev.slipring.codec.RecordView;
import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.ExecutionReportDecoder;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.NewOrderEncoder;
import dev.slipring.codec.trading.OrderType;
import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TimeInForce;
import dev.slipring.codec.trading.TradeDecoder;
import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.LatencyRecorder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Second process: keeps the rolling average, hands every trade on to the gateway, and behind a trade the order that it triggered. Trades
 * and orders go through one flow, so the gateway knows of each order before the next trade, however fast or slow anybody is.
 */
final class Strategy {
    private static final int MESSAGE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;

    private final Inbox trades;
    private final Inbox reports;
    private final Outbox out;
    private final TradeDecoder trade = new TradeDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder order = new NewOrderEncoder();
    private final VwapRule rule = new VwapRule();
    private final TradeTally tradeTally = new TradeTally();
    private final OrderTally orderTally = new OrderTally();
    private final ReportTally reportTally = new ReportTally();
    private final LatencyRecorder feedToStrategy = new LatencyRecorder();
    private final LatencyRecorder feedToAck = new LatencyRecorder();

    Strategy(Meeting meeting, Meeting.Pass pass) {
        trades = new Inbox(meeting.subscription(pass, Meeting.Flow.TRADES), "feed", this::onTrade);
        reports = new Inbox(meeting.subscription(pass, Meeting.Flow.REPORTS), "gateway", this::onReport);
        // Reading on while the gateway has no room: it may itself be waiting for room for its reports.
        out = new Outbox(meeting.publication(pass, Meeting.Flow.ORDERS), "gateway", reports::poll);
    }

    /** Runs until the feed has left and every report is in. */
    StrategyResult run() {
        var idle = Idle.strategy();
        try (trades; reports; out) {
            while (!trades.isClosed()) {
                idle.idle(trades.poll() + reports.poll());
            }
            out.close();
            while (!reports.isClosed()) {
                idle.idle(reports.poll());
            }
            return new StrategyResult(tradeTally.totals(), Units.decimal(rule.vwap(), Units.VWAP_EXPONENT), orderTally.totals(),
                reportTally.totals(), feedToStrategy.latency(), feedToAck.latency(), trades.sequence(), out.sequence(), reports.sequence(),
                out.backPressure());
        }
    }

    private void onTrade(int templateId, RecordView record, DirectBuffer buffer, int offset, int length) {
        record.decode(trade);
        feedToStrategy.record(trade.intendedSendTimeNs());
        long price = Decimal.rescale(trade.price().mantissa(), trade.price().exponent(), Units.PRICE_EXPONENT);
        long quantity = Decimal.rescale(trade.quantity().mantissa(), trade.quantity().exponent(), Units.QUANTITY_EXPONENT);
        tradeTally.add(trade.sequence(), TimeUnit.NANOSECONDS.toSeconds(trade.exchangeTimeNs()), price, quantity);
        out.send(buffer, offset, length);
        var side = rule.onTrade(price, quantity);
        if (side != Side.NULL_VAL) {
            sendOrder(side, price);
        }
    }

    private void sendOrder(Side side, long price) {
        long orderId = orderTally.count() + 1;
        order.wrapAndApplyHeader(out.claim(MESSAGE_LENGTH), 0, header)
            .orderId(orderId)
            .tradeSequence(trade.sequence())
            .clientTimeNs(System.nanoTime())
            .intendedSendTimeNs(trade.intendedSendTimeNs())
            .side(side)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.DAY)
            .instrumentId(trade.instrumentId());
        order.price().mantissa(price).exponent(Units.PRICE_EXPONENT);
        order.quantity().mantissa(VwapRule.ORDER_QUANTITY).exponent(Units.QUANTITY_EXPONENT);
        out.commit();
        orderTally.add(orderId, trade.sequence(), side, price, VwapRule.ORDER_QUANTITY);
    }

    private void onReport(int templateId, RecordView record, DirectBuffer buffer, int offset, int length) {
        record.decode(report);
        var type = report.execType();
        if (type == ExecType.NEW) {
            feedToAck.record(report.intendedSendTimeNs());
        }
        boolean filled = type == ExecType.TRADE;
        long price = filled ? Decimal.rescale(report.fillPrice().mantissa(), report.fillPrice().exponent(), Units.PRICE_EXPONENT) : 0;
        long quantity = Decimal.rescale(report.fillQuantity().mantissa(), report.fillQuantity().exponent(), Units.QUANTITY_EXPONENT);
        long cumulative = Decimal.rescale(report.cumulativeQuantity().mantissa(), report.cumulativeQuantity().exponent(),
            Units.QUANTITY_EXPONENT);
        long leaves = Decimal.rescale(report.leavesQuantity().mantissa(), report.leavesQuantity().exponent(), Units.QUANTITY_EXPONENT);
        reportTally.add(report.execId(), report.orderId(), type, report.side(), price, quantity, cumulative, leaves);
    }
}

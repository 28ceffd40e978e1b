package dev.slipring.examples.trading;

import dev.slipring.codec.Decimal;
import dev.slipring.codec.RecordView;
import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.NewOrderEncoder;
import dev.slipring.codec.trading.OrderType;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TimeInForce;
import dev.slipring.codec.trading.TradeDecoder;
import dev.slipring.codec.trading.TradingPhase;
import dev.slipring.examples.demo.LatencyRecorder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Takes each trade from whichever line brings it first, keeps the rolling average, hands the trade on to the gateway, and behind it the
 * order that it triggered. Trades
 * and orders go through one flow, so the gateway knows of each order before the next trade, however fast or slow anybody is.
 */
final class Strategy {
    private static final int MESSAGE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.BLOCK_LENGTH;

    private final Inbox trades;
    private final Inbox reports;
    private final Inboxes inboxes;
    private final Outbox out;
    private final TradeDecoder trade = new TradeDecoder();
    private final QuoteDecoder quote = new QuoteDecoder();
    private final Arbiter arbiter = new Arbiter();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder order = new NewOrderEncoder();
    private final VwapRule rule = new VwapRule();
    private final TradeTally tradeTally = new TradeTally();
    private final OrderTally orderTally = new OrderTally();
    private final Executions executions = new Executions();
    private final LatencyRecorder feedToStrategy = new LatencyRecorder();
    private final LatencyRecorder feedToAck = new LatencyRecorder();

    Strategy(Meeting meeting, Meeting.Pass pass) {
        trades = new Inbox(meeting.subscription(pass, Meeting.Flow.TRADES), this::onMarket, arbiter);
        reports = new Inbox(meeting.subscription(pass, Meeting.Flow.REPORTS), "gateway", this::onReport);
        inboxes = new Inboxes(meeting.busySpin(), trades, reports);
        // Reading on while the gateway has no room: it may itself be waiting for room for its reports.
        out = new Outbox(meeting.publication(pass, Meeting.Flow.ORDERS), "gateway", reports::poll);
    }

    /** Runs until the feeds have left, a dead one excepted, and every report is in. */
    StrategyResult run() throws InterruptedException {
        try (trades; reports; out) {
            while (!trades.isClosed()) {
                inboxes.pollNext();
            }
            out.close();
            while (!reports.isClosed()) {
                inboxes.pollNext();
            }
            return new StrategyResult(tradeTally.totals(), arbiter.totals(Line.A), arbiter.totals(Line.B), arbiter.duplicates(),
                Units.decimal(rule.vwap(), Units.VWAP_EXPONENT), orderTally.totals(), executions.totals(), feedToStrategy.latency(),
                feedToAck.latency(), trades.sequence(), out.sequence(), reports.sequence(), out.backPressure());
        }
    }

    private void onMarket(int templateId, RecordView record, DirectBuffer buffer, int offset, int length) {
        switch (templateId) {
            case TradeDecoder.TEMPLATE_ID -> onTrade(record, buffer, offset, length);
            case QuoteDecoder.TEMPLATE_ID -> onQuote(record);
            default -> throw new IllegalStateException("expected a trade or a quote, found template " + templateId);
        }
    }

    private void onTrade(RecordView record, DirectBuffer buffer, int offset, int length) {
        record.decode(trade);
        long sequence = trade.sequence();
        long epochSecond = TimeUnit.NANOSECONDS.toSeconds(trade.exchangeTimeNs());
        long price = Decimal.rescale(trade.price().mantissa(), trade.price().exponent(), Units.PRICE_EXPONENT);
        long quantity = Decimal.rescale(trade.quantity().mantissa(), trade.quantity().exponent(), Units.QUANTITY_EXPONENT);
        if (!arbiter.isFirst(Line.ofVenue(trade.venueId()), sequence, epochSecond, price, quantity)) {
            return;
        }
        feedToStrategy.record(trade.intendedSendTimeNs());
        tradeTally.add(sequence, epochSecond, price, quantity);
        out.send(buffer, offset, length);
        var side = rule.onTrade(price, quantity);
        if (side != Side.NULL_VAL) {
            sendOrder(side, price);
        }
    }

    private void onQuote(RecordView record) {
        record.decode(quote);
        if (quote.phase() != TradingPhase.CLOSED) {
            throw new IllegalStateException("expected a quote only at the market's close, found one in phase " + quote.phase());
        }
        arbiter.onEnd(Line.ofVenue(quote.venueId()), quote.sequence());
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
        var report = executions.onReport(record);
        if (report.execType() == ExecType.NEW) {
            feedToAck.record(report.intendedSendTimeNs());
        }
    }
}

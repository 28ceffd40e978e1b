package dev.slipring.examples.trading;

import dev.slipring.codec.Decimal;
import dev.slipring.codec.RecordView;
import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.NewOrderDecoder;
import dev.slipring.codec.trading.OrderStatus;
import dev.slipring.codec.trading.TradeDecoder;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Stands in for an exchange. It accepts each order, fills it against later trades, and at the end cancels what is left; of each of these
 * it sends a report back, and publishes it to whoever reads along.
 */
final class Gateway {
    private final Inbox in;
    private final Inboxes inboxes;
    private final Reporter reporter;
    private final LongConsumer progress;
    private final TradeDecoder trade = new TradeDecoder();
    private final NewOrderDecoder order = new NewOrderDecoder();
    private final OpenOrders open = new OpenOrders();
    private final OpenOrders.Fills fills;
    private final TradeTally tradeTally = new TradeTally();
    private final OrderTally orderTally = new OrderTally();

    /**
     * Attaches.
     *
     * @param progress is told now and then how many trades were dealt with
     */
    Gateway(Meeting meeting, Meeting.Pass pass, LongConsumer progress) {
        this.progress = progress;
        in = new Inbox(meeting.subscription(pass, Meeting.Flow.ORDERS), "strategy", this::onRecord);
        inboxes = new Inboxes(meeting.busySpin(), in);
        reporter = new Reporter(new Outbox(meeting.publication(pass, Meeting.Flow.REPORTS), "strategy", () -> 0),
            new Outbox(meeting.publication(pass, Meeting.Flow.EXECUTIONS), "risk monitor", () -> 0));
        fills = reporter::filled;
    }

    /** Runs until the strategy has left. */
    GatewayResult run() throws InterruptedException {
        try (in; reporter) {
            while (!in.isClosed()) {
                inboxes.pollNext();
                progress.accept(tradeTally.count());
            }
            long endNs = System.nanoTime();
            open.cancelAll(reporter::canceled);
            return new GatewayResult(tradeTally.totals(), orderTally.totals(), reporter.totals(), endNs, in.sequence(),
                reporter.reports(), reporter.executions(), reporter.backPressure());
        }
    }

    private void onRecord(int templateId, RecordView record, DirectBuffer buffer, int offset, int length) {
        switch (templateId) {
            case TradeDecoder.TEMPLATE_ID -> onTrade(record.decode(trade));
            case NewOrderDecoder.TEMPLATE_ID -> onOrder(record.decode(order));
            default -> throw new IllegalStateException("expected a trade or an order, found template " + templateId);
        }
    }

    private void onTrade(TradeDecoder message) {
        long price = Decimal.rescale(message.price().mantissa(), message.price().exponent(), Units.PRICE_EXPONENT);
        long quantity = Decimal.rescale(message.quantity().mantissa(), message.quantity().exponent(), Units.QUANTITY_EXPONENT);
        tradeTally.add(message.sequence(), TimeUnit.NANOSECONDS.toSeconds(message.exchangeTimeNs()), price, quantity);
        open.onTrade(price, quantity, fills);
    }

    private void onOrder(NewOrderDecoder message) {
        long price = Decimal.rescale(message.price().mantissa(), message.price().exponent(), Units.PRICE_EXPONENT);
        long quantity = Decimal.rescale(message.quantity().mantissa(), message.quantity().exponent(), Units.QUANTITY_EXPONENT);
        var accepted = new OpenOrder(message.orderId(), message.tradeSequence(), message.clientTimeNs(), message.intendedSendTimeNs(),
            message.side(), price, quantity);
        orderTally.add(accepted.orderId(), accepted.tradeSequence(), accepted.side(), price, quantity);
        reporter.report(accepted, ExecType.NEW, OrderStatus.NEW, 0, 0);
        open.add(accepted);
    }
}

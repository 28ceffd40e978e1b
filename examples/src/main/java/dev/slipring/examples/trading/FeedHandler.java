package dev.slipring.examples.trading;

import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TradeCondition;
import dev.slipring.codec.trading.TradeEncoder;
import dev.slipring.examples.demo.Pace;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** First process: sends the trades of the file, each when it is due. */
final class FeedHandler {
    private static final int MESSAGE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + TradeEncoder.BLOCK_LENGTH;
    private static final int VENUE = 1;
    private static final int INSTRUMENT = 1;

    private final Outbox out;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TradeEncoder encoder = new TradeEncoder();
    private final TradeTally tally = new TradeTally();

    FeedHandler(Meeting meeting, Meeting.Pass pass) {
        out = new Outbox(meeting.publication(pass, Meeting.Flow.TRADES), "strategy", () -> { });
    }

    /** Sends all of them and leaves. */
    FeedResult run(List<MarketTrade> trades, long rate) {
        try (out) {
            var pace = new Pace(rate);
            for (int sequence = 0; sequence < trades.size(); sequence++) {
                send(sequence, trades.get(sequence), pace.await(sequence));
            }
            return new FeedResult(tally.totals(), pace.startNs(), out.sequence(), out.backPressure());
        }
    }

    private void send(long sequence, MarketTrade trade, long dueNs) {
        encoder.wrapAndApplyHeader(out.claim(MESSAGE_LENGTH), 0, header)
            .sequence(sequence)
            .tradeId(TradeEncoder.tradeIdNullValue())
            .exchangeTimeNs(TimeUnit.SECONDS.toNanos(trade.epochSecond()))
            .intendedSendTimeNs(dueNs)
            .aggressorSide(Side.NULL_VAL)
            .venueId(VENUE)
            .instrumentId(INSTRUMENT)
            .condition(TradeCondition.REGULAR);
        encoder.price().mantissa(trade.price()).exponent(Units.PRICE_EXPONENT);
        encoder.quantity().mantissa(trade.quantity()).exponent(Units.QUANTITY_EXPONENT);
        out.commit();
        tally.add(sequence, trade.epochSecond(), trade.price(), trade.quantity());
    }
}

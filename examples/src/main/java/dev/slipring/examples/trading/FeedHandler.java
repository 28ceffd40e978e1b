package dev.slipring.examples.trading;

import dev.slipring.codec.trading.DecimalEncoder;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.QuoteEncoder;
import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TradeCondition;
import dev.slipring.codec.trading.TradeEncoder;
import dev.slipring.codec.trading.TradingPhase;
import dev.slipring.examples.demo.Pace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends the trades of the file on one of the two lines, each when it is due, and that the market has closed: by that the other side knows
 * that this was all, whatever becomes of the other line.
 */
final class FeedHandler {
    private static final int MESSAGE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + TradeEncoder.BLOCK_LENGTH;
    private static final int CLOSE_LENGTH =
        MessageHeaderEncoder.ENCODED_LENGTH + QuoteEncoder.BLOCK_LENGTH + QuoteEncoder.LevelsEncoder.HEADER_SIZE;
    private static final int INSTRUMENT = 1;

    private final Line line;
    private final Outbox out;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TradeEncoder encoder = new TradeEncoder();
    private final QuoteEncoder quote = new QuoteEncoder();
    private final TradeTally tally = new TradeTally();

    FeedHandler(Line line, Meeting meeting, Meeting.Pass pass) {
        this.line = line;
        out = new Outbox(meeting.publication(pass, Meeting.Flow.TRADES), "strategy", () -> 0);
    }

    /** Sends all of them, or what there is time for, and leaves. */
    FeedResult run(List<MarketTrade> trades, Pace pace, BooleanSupplier toStop) {
        try (out) {
            int sequence = 0;
            while (sequence < trades.size()) {
                long dueNs = pace.await(sequence, toStop);
                if (toStop.getAsBoolean()) {
                    break;
                }
                send(sequence, trades.get(sequence), dueNs);
                sequence++;
            }
            sendClose(sequence);
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
            .venueId(line.venueId())
            .instrumentId(INSTRUMENT)
            .condition(TradeCondition.REGULAR);
        encoder.price().mantissa(trade.price()).exponent(Units.PRICE_EXPONENT);
        encoder.quantity().mantissa(trade.quantity()).exponent(Units.QUANTITY_EXPONENT);
        out.commit();
        tally.add(sequence, trade.epochSecond(), trade.price(), trade.quantity());
    }

    private void sendClose(long sequence) {
        quote.wrapAndApplyHeader(out.claim(CLOSE_LENGTH), 0, header)
            .sequence(sequence)
            .exchangeTimeNs(0)
            .intendedSendTimeNs(System.nanoTime())
            .phase(TradingPhase.CLOSED)
            .venueId(line.venueId())
            .instrumentId(INSTRUMENT);
        quote.bidPrice().mantissa(DecimalEncoder.mantissaNullValue()).exponent(Units.PRICE_EXPONENT);
        quote.askPrice().mantissa(DecimalEncoder.mantissaNullValue()).exponent(Units.PRICE_EXPONENT);
        quote.bidQuantity().mantissa(0).exponent(Units.QUANTITY_EXPONENT);
        quote.askQuantity().mantissa(0).exponent(Units.QUANTITY_EXPONENT);
        quote.levelsCount(0);
        out.commit();
    }
}

package dev.slipring.cli;

import dev.slipring.codec.TradingSchema;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.QuoteEncoder;
import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TradeCondition;
import dev.slipring.codec.trading.TradeEncoder;
import dev.slipring.codec.trading.TradingPhase;
import dev.slipring.core.Schema;
import dev.slipring.ring.RingProducer;
import org.agrona.concurrent.UnsafeBuffer;

/** Trading messages to be sent and looked at. */
final class Trades {
    static final Schema SCHEMA = new Schema(TradingSchema.ID, TradingSchema.VERSION, TradingSchema.MIN_READER_VERSION);

    private Trades() {
    }

    /** A trade whose numbers follow from its sequence. */
    static UnsafeBuffer trade(long sequence) {
        var bytes = new UnsafeBuffer(new byte[256]);
        var trade = new TradeEncoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderEncoder());
        trade.sequence(sequence).tradeId(TradeEncoder.tradeIdNullValue()).exchangeTimeNs(13).intendedSendTimeNs(14);
        trade.price().mantissa(8_050 + sequence).exponent((byte) -2);
        trade.aggressorSide(Side.SELL).venueId(15).instrumentId(16);
        trade.quantity().mantissa(200_000).exponent((byte) -8);
        trade.condition(TradeCondition.AUCTION);
        return new UnsafeBuffer(bytes, 0, trade.limit());
    }

    /** A quote with levels. */
    static UnsafeBuffer quote(int levels) {
        var bytes = new UnsafeBuffer(new byte[1024]);
        var quote = new QuoteEncoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderEncoder());
        quote.sequence(21).exchangeTimeNs(22).intendedSendTimeNs(23);
        quote.bidPrice().mantissa(24).exponent((byte) 3);
        quote.phase(TradingPhase.HALTED).venueId(25).instrumentId(26);
        quote.askPrice().mantissa(QuoteEncoder.sequenceNullValue()).exponent((byte) -2);
        quote.bidQuantity().mantissa(28).exponent((byte) -3);
        quote.askQuantity().mantissa(0).exponent((byte) 0);
        var group = quote.levelsCount(levels);
        for (int i = 0; i < levels; i++) {
            group.next().price().mantissa(100 + i).exponent((byte) -1);
            group.side(Side.BUY).quantity().mantissa(200 + i).exponent((byte) -2);
            group.orderCount(300 + i);
        }
        return new UnsafeBuffer(bytes, 0, quote.limit());
    }

    /** Sends the trades of these sequences. */
    static void send(RingProducer producer, long first, long count) {
        for (long sequence = first; sequence < first + count; sequence++) {
            var trade = trade(sequence);
            if (producer.offer(1, trade, 0, trade.capacity()) < 0) {
                throw new AssertionError("no room for trade " + sequence);
            }
        }
    }
}

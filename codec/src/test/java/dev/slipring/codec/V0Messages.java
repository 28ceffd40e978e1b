package dev.slipring.codec;

import dev.slipring.codec.trading.v0.ExecType;
import dev.slipring.codec.trading.v0.ExecutionReportEncoder;
import dev.slipring.codec.trading.v0.MessageHeaderEncoder;
import dev.slipring.codec.trading.v0.NewOrderEncoder;
import dev.slipring.codec.trading.v0.OrderStatus;
import dev.slipring.codec.trading.v0.OrderType;
import dev.slipring.codec.trading.v0.QuoteEncoder;
import dev.slipring.codec.trading.v0.Side;
import dev.slipring.codec.trading.v0.TimeInForce;
import dev.slipring.codec.trading.v0.TradeEncoder;
import dev.slipring.codec.trading.v0.TradingPhase;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** What a writer of version 0 writes. */
final class V0Messages {
    private static final int MAX_LENGTH = 8192;

    private V0Messages() {
    }

    static byte[] trade() {
        var bytes = new byte[MAX_LENGTH];
        var trade = new TradeEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
        trade.sequence(11).tradeId(12).exchangeTimeNs(13).intendedSendTimeNs(14);
        trade.price().mantissa(8050).exponent((byte) -1);
        trade.aggressorSide(Side.SELL).venueId(15).instrumentId(16);
        trade.quantity().mantissa(200_000).exponent((byte) -8);
        return Arrays.copyOf(bytes, trade.limit());
    }

    static byte[] quote(int levels) {
        var bytes = new byte[MAX_LENGTH];
        var quote = new QuoteEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
        quote.sequence(21).exchangeTimeNs(22).intendedSendTimeNs(23);
        quote.bidPrice().mantissa(24).exponent((byte) -1);
        quote.phase(TradingPhase.AUCTION).venueId(25).instrumentId(26);
        quote.askPrice().mantissa(27).exponent((byte) -2);
        quote.bidQuantity().mantissa(28).exponent((byte) -3);
        quote.askQuantity().mantissa(29).exponent((byte) 3);
        var group = quote.levelsCount(levels);
        for (int i = 0; i < levels; i++) {
            group.next().price().mantissa(100 + i).exponent((byte) -1);
            group.side(Side.BUY).quantity().mantissa(200 + i).exponent((byte) -2);
        }
        return Arrays.copyOf(bytes, quote.limit());
    }

    static byte[] newOrder() {
        var bytes = new byte[MAX_LENGTH];
        var order = new NewOrderEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
        order.orderId(41).tradeSequence(42).clientTimeNs(43).intendedSendTimeNs(44);
        order.price().mantissa(45).exponent((byte) -1);
        order.side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL).instrumentId(46);
        order.quantity().mantissa(47).exponent((byte) -2);
        return Arrays.copyOf(bytes, order.limit());
    }

    static byte[] executionReport(String text) {
        var bytes = new byte[MAX_LENGTH];
        var report = new ExecutionReportEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
        report.orderId(51).execId(52).tradeSequence(53).clientTimeNs(54).transactTimeNs(55).intendedSendTimeNs(56);
        report.fillPrice().mantissa(57).exponent((byte) -1);
        report.side(Side.SELL).execType(ExecType.TRADE).orderStatus(OrderStatus.PARTIALLY_FILLED).instrumentId(58);
        report.fillQuantity().mantissa(59).exponent((byte) -2);
        report.cumulativeQuantity().mantissa(60).exponent((byte) -3);
        report.leavesQuantity().mantissa(61).exponent((byte) -4);
        report.text(text);
        return Arrays.copyOf(bytes, report.limit());
    }
}

package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.codec.trading.DecimalDecoder;
import dev.slipring.codec.trading.DecimalEncoder;
import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.ExecutionReportDecoder;
import dev.slipring.codec.trading.ExecutionReportEncoder;
import dev.slipring.codec.trading.Liquidity;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.NewOrderDecoder;
import dev.slipring.codec.trading.NewOrderEncoder;
import dev.slipring.codec.trading.OrderStatus;
import dev.slipring.codec.trading.OrderType;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.QuoteEncoder;
import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TimeInForce;
import dev.slipring.codec.trading.TradeCondition;
import dev.slipring.codec.trading.TradeDecoder;
import dev.slipring.codec.trading.TradeEncoder;
import dev.slipring.codec.trading.TradingPhase;
import java.util.ArrayList;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is written is what is read: every field, with values from all over its range. */
class RoundTripTest {
    private static final int ROUNDS = 500;
    private static final int OFFSET = 24;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16 * 1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RecordView view = new RecordView(TradingSchema.HISTORY);
    private final Random random = Seeds.random("RoundTripTest");

    @Test
    void trades() {
        var encoder = new TradeEncoder();
        for (int round = 0; round < ROUNDS; round++) {
            var numbers = random.longs(4).toArray();
            int venue = random.nextInt(65_535);
            long instrument = random.nextLong(4_294_967_295L);
            var side = pick(Side.values());
            var condition = pick(TradeCondition.values());
            var price = decimal();
            var quantity = decimal();
            encoder.wrapAndApplyHeader(buffer, OFFSET, header).sequence(numbers[0]).tradeId(numbers[1]).exchangeTimeNs(numbers[2])
                .intendedSendTimeNs(numbers[3]).aggressorSide(side).venueId(venue).instrumentId(instrument).condition(condition);
            put(encoder.price(), price);
            put(encoder.quantity(), quantity);
            view.wrap(buffer, OFFSET, encoder.limit() - OFFSET);
            var trade = view.decodeWhole(new TradeDecoder());
            assertThat(new long[] {trade.sequence(), trade.tradeId(), trade.exchangeTimeNs(), trade.intendedSendTimeNs()})
                .isEqualTo(numbers);
            assertThat(trade.venueId()).isEqualTo(venue);
            assertThat(trade.instrumentId()).isEqualTo(instrument);
            assertThat(trade.aggressorSide()).isEqualTo(known(side, Side.SBE_UNKNOWN, Side.NULL_VAL));
            assertThat(trade.condition()).isEqualTo(known(condition, TradeCondition.SBE_UNKNOWN, TradeCondition.NULL_VAL));
            assertThat(get(trade.price())).isEqualTo(price);
            assertThat(get(trade.quantity())).isEqualTo(quantity);
        }
    }

    @Test
    void quotes() {
        var encoder = new QuoteEncoder();
        for (int round = 0; round < ROUNDS; round++) {
            var top = new Decimal[] {decimal(), decimal(), decimal(), decimal()};
            var phase = pick(TradingPhase.values());
            var levels = new ArrayList<Object>();
            encoder.wrapAndApplyHeader(buffer, OFFSET, header).sequence(round).exchangeTimeNs(-round).intendedSendTimeNs(~round)
                .phase(phase).venueId(round).instrumentId(2L * round);
            put(encoder.bidPrice(), top[0]);
            put(encoder.askPrice(), top[1]);
            put(encoder.bidQuantity(), top[2]);
            put(encoder.askQuantity(), top[3]);
            int count = random.nextInt(257);
            var group = encoder.levelsCount(count);
            for (int i = 0; i < count; i++) {
                var level = new Object[] {decimal(), random.nextBoolean() ? Side.BUY : Side.SELL, decimal(), random.nextInt(65_536)};
                put(group.next().price(), (Decimal) level[0]);
                put(group.side((Side) level[1]).quantity(), (Decimal) level[2]);
                group.orderCount((Integer) level[3]);
                levels.add(level);
            }
            view.wrap(buffer, OFFSET, encoder.limit() - OFFSET);
            var quote = view.decodeWhole(new QuoteDecoder());
            assertThat(new long[] {quote.sequence(), quote.exchangeTimeNs(), quote.intendedSendTimeNs(), quote.venueId(),
                quote.instrumentId()}).isEqualTo(new long[] {round, -round, ~round, round, 2L * round});
            assertThat(quote.phase()).isEqualTo(known(phase, TradingPhase.SBE_UNKNOWN, TradingPhase.NULL_VAL));
            assertThat(new Decimal[] {get(quote.bidPrice()), get(quote.askPrice()), get(quote.bidQuantity()), get(quote.askQuantity())})
                .isEqualTo(top);
            var read = new ArrayList<Object>();
            for (var level : quote.levels()) {
                read.add(new Object[] {get(level.price()), level.side(), get(level.quantity()), level.orderCount()});
            }
            assertThat(read).usingRecursiveComparison().isEqualTo(levels);
            view.requireEnd(quote);
        }
    }

    @Test
    void newOrders() {
        var encoder = new NewOrderEncoder();
        for (int round = 0; round < ROUNDS; round++) {
            var numbers = random.longs(4).toArray();
            var price = decimal();
            var quantity = decimal();
            var timeInForce = pick(TimeInForce.values());
            var type = random.nextBoolean() ? OrderType.LIMIT : OrderType.MARKET;
            encoder.wrapAndApplyHeader(buffer, OFFSET, header).orderId(numbers[0]).tradeSequence(numbers[1]).clientTimeNs(numbers[2])
                .intendedSendTimeNs(numbers[3]).side(Side.SELL).orderType(type).timeInForce(timeInForce).instrumentId(round);
            put(encoder.price(), price);
            put(encoder.quantity(), quantity);
            view.wrap(buffer, OFFSET, encoder.limit() - OFFSET);
            var order = view.decodeWhole(new NewOrderDecoder());
            assertThat(new long[] {order.orderId(), order.tradeSequence(), order.clientTimeNs(), order.intendedSendTimeNs()})
                .isEqualTo(numbers);
            assertThat(order.side()).isEqualTo(Side.SELL);
            assertThat(order.orderType()).isEqualTo(type);
            assertThat(order.timeInForce()).isEqualTo(known(timeInForce, TimeInForce.SBE_UNKNOWN, TimeInForce.NULL_VAL));
            assertThat(order.instrumentId()).isEqualTo(round);
            assertThat(get(order.price())).isEqualTo(price);
            assertThat(get(order.quantity())).isEqualTo(quantity);
        }
    }

    @Test
    void executionReports() {
        var encoder = new ExecutionReportEncoder();
        for (int round = 0; round < ROUNDS; round++) {
            var numbers = random.longs(6).toArray();
            var decimals = new Decimal[] {decimal(), decimal(), decimal(), decimal()};
            var execType = pick(ExecType.values());
            var status = pick(OrderStatus.values());
            String text = "é".repeat(random.nextInt(513));
            encoder.wrapAndApplyHeader(buffer, OFFSET, header).orderId(numbers[0]).execId(numbers[1]).tradeSequence(numbers[2])
                .clientTimeNs(numbers[3]).transactTimeNs(numbers[4]).intendedSendTimeNs(numbers[5]).side(Side.BUY).execType(execType)
                .orderStatus(status).instrumentId(round).liquidity(Liquidity.MAKER);
            put(encoder.fillPrice(), decimals[0]);
            put(encoder.fillQuantity(), decimals[1]);
            put(encoder.cumulativeQuantity(), decimals[2]);
            put(encoder.leavesQuantity(), decimals[3]);
            encoder.text(text);
            view.wrap(buffer, OFFSET, encoder.limit() - OFFSET);
            var report = view.decodeWhole(new ExecutionReportDecoder());
            assertThat(new long[] {report.orderId(), report.execId(), report.tradeSequence(), report.clientTimeNs(),
                report.transactTimeNs(), report.intendedSendTimeNs()}).isEqualTo(numbers);
            assertThat(new Decimal[] {get(report.fillPrice()), get(report.fillQuantity()), get(report.cumulativeQuantity()),
                get(report.leavesQuantity())}).isEqualTo(decimals);
            assertThat(report.side()).isEqualTo(Side.BUY);
            assertThat(report.execType()).isEqualTo(known(execType, ExecType.SBE_UNKNOWN, ExecType.NULL_VAL));
            assertThat(report.orderStatus()).isEqualTo(known(status, OrderStatus.SBE_UNKNOWN, OrderStatus.NULL_VAL));
            assertThat(report.instrumentId()).isEqualTo(round);
            assertThat(report.liquidity()).isEqualTo(Liquidity.MAKER);
            assertThat(report.text()).isEqualTo(text);
            view.requireEnd(report);
        }
    }

    /** Nobody writes SBE_UNKNOWN: it has the null's number. */
    private static <E> E known(E written, E unknown, E nullValue) {
        return written == unknown ? nullValue : written;
    }

    private <E> E pick(E[] values) {
        return values[random.nextInt(values.length)];
    }

    private Decimal decimal() {
        return Decimal.of(Math.max(random.nextLong(), -Long.MAX_VALUE), random.nextInt(37) - 18);
    }

    private static void put(DecimalEncoder encoder, Decimal value) {
        encoder.mantissa(value.mantissa()).exponent(value.exponent());
    }

    private static Decimal get(DecimalDecoder decoder) {
        return new Decimal(decoder.mantissa(), decoder.exponent());
    }
}

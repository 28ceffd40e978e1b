package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The direct computation, against figures computed elsewhere, and against the pipeline's own parts without any rings between them. */
class ReferenceTest {
    @Test
    void itComesToTheFiguresOfAnotherProgramInAnotherLanguage() {
        var expected = Reference.compute(TradeFile.lines(Settings.ALL_TRADES)).expected();
        assertThat(expected.orders().count()).isEqualTo(7204);
        assertThat(expected.reports().fills()).isEqualTo(10_984);
        assertThat(expected.reports().canceledOrders()).isEqualTo(68);
        assertThat(expected.reports().position()).isEqualTo(new BigDecimal("0.94828246"));
        assertThat(expected.reports().cash()).isEqualTo(new BigDecimal("1941.0636486966"));
    }

    @Test
    void whatWasOrderedIsWhatWasFilledAndWhatWasCanceled() {
        var expected = Reference.compute(TradeFile.lines(Settings.ALL_TRADES)).expected();
        var reports = expected.reports();
        assertThat(reports.filledQuantity().add(reports.canceledQuantity())).isEqualTo(expected.orders().quantity());
        assertThat(reports.accepted()).isEqualTo(expected.orders().count()).isEqualTo(reports.filledOrders() + reports.canceledOrders());
        assertThat(reports.count()).isEqualTo(reports.accepted() + reports.fills() + reports.canceledOrders());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 5000, Settings.ALL_TRADES})
    void thePartsOfThePipelineComeToTheSame(int count) {
        var rule = new VwapRule();
        var open = new OpenOrders();
        var trades = new TradeTally();
        var orders = new OrderTally();
        var reports = new ReportTally();
        var execIds = new AtomicLong();
        for (var trade : TradeFile.trades(count)) {
            long sequence = trades.count();
            trades.add(sequence, trade.epochSecond(), trade.price(), trade.quantity());
            open.onTrade(trade.price(), trade.quantity(), (order, price, quantity) ->
                reports.add(execIds.incrementAndGet(), order.orderId(), ExecType.TRADE, order.side(), price, quantity, order.filled(),
                    order.leaves()));
            var side = rule.onTrade(trade.price(), trade.quantity());
            if (side != Side.NULL_VAL) {
                long id = orders.count() + 1;
                orders.add(id, sequence, side, trade.price(), VwapRule.ORDER_QUANTITY);
                reports.add(execIds.incrementAndGet(), id, ExecType.NEW, side, 0, 0, 0, VwapRule.ORDER_QUANTITY);
                open.add(new OpenOrder(id, sequence, 0, 0, side, trade.price(), VwapRule.ORDER_QUANTITY));
            }
        }
        open.cancelAll(order ->
            reports.add(execIds.incrementAndGet(), order.orderId(), ExecType.CANCELED, order.side(), 0, 0, order.filled(), 0));

        assertThat(new Expected(trades.totals(), Units.decimal(rule.vwap(), Units.VWAP_EXPONENT), orders.totals(), reports.totals()))
            .isEqualTo(Reference.compute(TradeFile.lines(count)).expected());
    }

    @Test
    void theFirstOfTheTradesAreTheTradesOfTheFirstLines() {
        var reference = Reference.compute(TradeFile.lines(5000));
        for (int count : new int[] {0, 1, 1234, 5000}) {
            assertThat(reference.firstTrades(count)).isEqualTo(Reference.compute(TradeFile.lines(count)).expected().trades());
        }
    }

    @Test
    void whatAReaderLostIsInNoneOfItsFigures() {
        var reference = Reference.compute(TradeFile.lines(5000));
        var all = reference.expected().reports();
        var some = reference.executionsWithout(List.of(new Gap(0, 9), new Gap(20, 20)));
        assertThat(some.count()).isEqualTo(all.count() - 11);
        assertThat(some.outOfSequence()).isEqualTo(2);
        assertThat(some.digest()).isNotEqualTo(all.digest());
        assertThat(reference.executionsWithout(List.of(new Gap(0, all.count() - 1))).count()).isZero();
    }
}

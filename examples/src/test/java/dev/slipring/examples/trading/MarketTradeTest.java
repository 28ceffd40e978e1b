package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketTradeTest {
    @Test
    void aLineOfTheFileKeepsEveryDigit() {
        var trade = MarketTrade.parse("1385337613,800.050000000000,0.278380490000");
        assertThat(trade).isEqualTo(new MarketTrade(1_385_337_613L, 80_005, 27_838_049));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1385337613", "1385337613,800.05", "x,1.00,1.0", "1,1.00,", "1,,1.0", "1,1e3,1.0", "1,1.00,1.0,1"})
    void aLineThatIsNoneIsRefused(String line) {
        assertThatThrownBy(() -> MarketTrade.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,1.001,1.0", "1,1.00,1.000000001"})
    void aDigitBelowTheUnitsIsRefusedAndNotRounded(String line) {
        assertThatThrownBy(() -> MarketTrade.parse(line)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theFileHolds100000TradesWithTheKnownSums() {
        var tally = new TradeTally();
        for (var trade : TradeFile.trades(Settings.ALL_TRADES)) {
            tally.add(tally.count(), trade.epochSecond(), trade.price(), trade.quantity());
        }
        var totals = tally.totals();
        assertThat(totals.count()).isEqualTo(100_000);
        assertThat(totals.outOfSequence()).isZero();
        // computed once with another program, in another language
        assertThat(totals.volume()).isEqualTo(new BigDecimal("175778.65435677"));
        assertThat(totals.notional()).isEqualTo(new BigDecimal("168628892.9947683929"));
    }
}

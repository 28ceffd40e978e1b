package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.examples.demo.Digits;
import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.Latency;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check must be able to fail. */
class VerdictTest {
    private static final int TRADES = 5000;
    /** Figures that differ from run to run, so that there is nothing to compare them with. */
    private static final Set<String> FREE = Set.of("/startNs", "/endNs", "/backPressure");

    private final Expected expected = Reference.compute(TradeFile.lines(TRADES));
    private final Results right = results(expected);

    @Test
    void theRightFiguresPass() {
        assertThat(expected.orders().count()).isPositive();
        assertThat(Verdict.problems(expected, right)).isEmpty();
    }

    @Test
    void oneWrongDigitInAnyFigureOfAnyProcessFails() throws Exception {
        var digits = new Digits(right);
        var figures = digits.figures(figure -> FREE.stream().noneMatch(figure::endsWith)
            && (!figure.contains("/feedTo") || figure.endsWith("/count")));
        assertThat(figures).hasSizeGreaterThan(50);
        for (String figure : figures) {
            var problems = Verdict.problems(expected, Json.read(digits.wrong(figure), Results.class));
            assertThat(problems).as("last digit of %s changed", figure).isNotEmpty();
        }
    }

    @Test
    void oneDigitOfOneLineOfTheFileFails() {
        var lines = new ArrayList<>(TradeFile.lines(TRADES));
        String line = lines.get(4321);
        int digit = line.lastIndexOf(',') - 11; // cents
        char other = line.charAt(digit) == '7' ? '8' : '7';
        lines.set(4321, line.substring(0, digit) + other + line.substring(digit + 1));
        assertThat(MarketTrade.parse(lines.get(4321))).isNotEqualTo(MarketTrade.parse(line));
        assertThat(Verdict.problems(Reference.compute(lines), right)).isNotEmpty();
    }

    @Test
    void twoTradesThatChangedPlacesFail() {
        var lines = new ArrayList<>(TradeFile.lines(TRADES));
        int place = lines.size() - 2; // where sums and orders stay the same
        assertThat(lines.get(place)).isNotEqualTo(lines.get(place + 1));
        lines.add(place, lines.removeLast());
        assertThat(Verdict.problems(Reference.compute(lines), right)).isNotEmpty();
    }

    private static Results results(Expected expected) {
        long trades = expected.trades().count();
        long orders = expected.orders().count();
        long reports = expected.reports().count();
        var feed = new FeedResult(expected.trades(), 1, trades, 0);
        var strategy = new StrategyResult(expected.trades(), expected.vwap(), expected.orders(), expected.reports(), latency(trades),
            latency(orders), trades, trades + orders, reports, 0);
        var gateway = new GatewayResult(expected.trades(), expected.orders(), expected.reports(), 2, trades + orders, reports, 0);
        return new Results(feed, strategy, gateway);
    }

    private static Latency latency(long count) {
        return new Latency(count, 1, 2, 3, 4, 5, 6);
    }
}

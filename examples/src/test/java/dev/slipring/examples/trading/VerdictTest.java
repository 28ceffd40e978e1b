package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.examples.demo.Digits;
import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check must be able to fail. */
class VerdictTest {
    private static final int TRADES = 5000;
    /** Figures that differ from run to run, so that there is nothing to compare them with. */
    private static final Set<String> FREE = Set.of("/startNs", "/endNs", "/backPressure");

    /** As far as the feed came that is killed. */
    private static final int KILLED_AT = 3210;

    private final Reference reference = Reference.compute(TradeFile.lines(TRADES));
    private final Results right = results(reference);

    @Test
    void theRightFiguresPass() {
        assertThat(reference.expected().orders().count()).isPositive();
        assertThat(Verdict.problems(reference, right, false)).isEmpty();
        assertThat(Verdict.problems(reference, withoutFeedB(), false)).isEmpty();
    }

    @Test
    void oneWrongDigitInAnyFigureOfAnyProcessFails() throws Exception {
        assertThat(alterEachFigure(right, false)).hasSizeGreaterThan(100);
    }

    @Test
    void oneWrongDigitInAnyFigureFailsWhenAFeedWasKilledToo() throws Exception {
        assertThat(alterEachFigure(withoutFeedB(), false)).hasSizeGreaterThan(100);
    }

    /** Both were told to stop, and one had sent less than the other. */
    @Test
    void oneWrongDigitInAnyFigureFailsWhenTheFeedsWereStoppedToo() throws Exception {
        assertThat(Verdict.problems(reference, stopped(), true)).isEmpty();
        assertThat(Verdict.problems(reference, stopped(), false)).isNotEmpty();
        assertThat(alterEachFigure(stopped(), true)).hasSizeGreaterThan(100);
    }

    @Test
    void oneDigitOfOneLineOfTheFileFails() {
        var lines = new ArrayList<>(TradeFile.lines(TRADES));
        String line = lines.get(4321);
        int digit = line.lastIndexOf(',') - 11; // cents
        char other = line.charAt(digit) == '7' ? '8' : '7';
        lines.set(4321, line.substring(0, digit) + other + line.substring(digit + 1));
        assertThat(MarketTrade.parse(lines.get(4321))).isNotEqualTo(MarketTrade.parse(line));
        assertThat(Verdict.problems(Reference.compute(lines), right, false)).isNotEmpty();
    }

    @Test
    void twoTradesThatChangedPlacesFail() {
        var lines = new ArrayList<>(TradeFile.lines(TRADES));
        int place = lines.size() - 2; // where sums and orders stay the same
        assertThat(lines.get(place)).isNotEqualTo(lines.get(place + 1));
        lines.add(place, lines.removeLast());
        assertThat(Verdict.problems(Reference.compute(lines), right, false)).isNotEmpty();
    }

    @Test
    void gapsThatAddUpButAreNotRightFail() {
        long count = reference.expected().reports().count();
        for (var gaps : List.of(
            List.of(new Gap(3, 7), new Gap(5, 8)), // overlap
            List.of(new Gap(3, 5), new Gap(6, 10)), // nothing between
            List.of(new Gap(100, 104), new Gap(3, 5)), // out of order
            List.of(new Gap(3, 13), new Gap(20, 16)), // a gap of fewer than nothing
            List.of(new Gap(count - 8, count - 1)))) { // nothing behind
            assertThat(Verdict.problems(reference, with(new RecorderResult(reference.executionsWithout(gaps), gaps)), false))
                .as("%s", gaps).isNotEmpty();
        }
    }

    @Test
    void aRiskMonitorThatLostSomethingFails() {
        var seen = reference.executionsWithout(List.of(new Gap(50, 50)));
        var wrong = new Results(right.feedA(), right.feedB(), right.strategy(), right.gateway(), new RiskResult(seen, seen.count()),
            right.recorder());
        assertThat(Verdict.problems(reference, wrong, false)).isNotEmpty();
    }

    private static Results results(Reference reference) {
        var expected = reference.expected();
        long trades = expected.trades().count();
        long orders = expected.orders().count();
        long reports = expected.reports().count();
        var feed = new FeedResult(expected.trades(), 1, trades + 1, 0);
        var line = new LineTotals(expected.trades(), trades / 2, 1);
        var strategy = new StrategyResult(expected.trades(), line, line, trades, expected.vwap(), expected.orders(), expected.reports(),
            latency(trades), latency(orders), 2 * trades + 2, trades + orders, reports, 0);
        var gateway = new GatewayResult(expected.trades(), expected.orders(), expected.reports(), 2, trades + orders, reports, reports, 0);
        var gaps = List.of(new Gap(3, 5), new Gap(100, 104));
        return new Results(feed, feed, strategy, gateway, new RiskResult(expected.reports(), reports),
            new RecorderResult(reference.executionsWithout(gaps), gaps));
    }

    private Results with(RecorderResult recorder) {
        return new Results(right.feedA(), right.feedB(), right.strategy(), right.gateway(), right.risk(), recorder);
    }

    private Results withoutFeedB() {
        return new Results(right.feedA(), null, strategyWithShorterB(0), right.gateway(), right.risk(), right.recorder());
    }

    private Results stopped() {
        var feedB = new FeedResult(reference.firstTrades(KILLED_AT), 1, KILLED_AT + 1, 0);
        return new Results(right.feedA(), feedB, strategyWithShorterB(1), right.gateway(), right.risk(), right.recorder());
    }

    private StrategyResult strategyWithShorterB(int closes) {
        var all = right.strategy();
        var lineB = new LineTotals(reference.firstTrades(KILLED_AT), TRADES - all.lineA().first(), closes);
        return new StrategyResult(all.trades(), all.lineA(), lineB, KILLED_AT, all.vwap(), all.orders(), all.reports(),
            all.feedToStrategy(), all.feedToAck(), TRADES + KILLED_AT + 1 + closes, all.ordersRing(), all.reportsRing(), 0);
    }

    private List<String> alterEachFigure(Results results, boolean stopped) throws Exception {
        var digits = new Digits(results);
        var figures = digits.figures(figure -> FREE.stream().noneMatch(figure::endsWith)
            && (!figure.contains("/feedTo") || figure.endsWith("/count")));
        for (String figure : figures) {
            var problems = Verdict.problems(reference, Json.read(digits.wrong(figure), Results.class), stopped);
            assertThat(problems).as("last digit of %s changed", figure).isNotEmpty();
        }
        return figures;
    }

    private static Latency latency(long count) {
        return new Latency(count, 1, 2, 3, 4, 5, 6);
    }
}

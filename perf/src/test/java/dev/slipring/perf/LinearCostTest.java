package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipring.perf.LinearCost.Sample;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearCostTest {
    private static final int[] SIZES = {32, 256, 4096, 65_536, 1_048_576};

    private static List<Sample> samples(IntToDoubleFunction time) {
        return IntStream.of(SIZES).mapToObj(size -> new Sample(size, time.applyAsDouble(size))).toList();
    }

    @Test
    void aLineIsFoundAgain() {
        var cost = LinearCost.fit(samples(x -> 90 + 0.125 * x));
        assertThat(cost.fixedNs()).isCloseTo(90, within(1e-6));
        assertThat(cost.perByteNs()).isCloseTo(0.125, within(1e-12));
        assertThat(cost.rms()).isCloseTo(0, within(1e-9));
        assertThat(cost.points()).extracting(LinearCost.Point::size).containsExactly(32, 256, 4096, 65_536, 1_048_576);
    }

    @Test
    void aPartOfASmallTimeCountsAsMuchAsThePartOfALargeOne() {
        // 10 % too slow at the largest size: without weights, 26 µs there would drown 90 ns
        var cost = LinearCost.fit(samples(x -> (90 + 0.25 * x) * (x == 1_048_576 ? 1.1 : 1)));
        assertThat(cost.fixedNs()).isCloseTo(90, within(3.0));
        assertThat(cost.points()).allSatisfy(point -> assertThat(Math.abs(point.residual())).isLessThan(0.08));
        assertThat(cost.points().getLast().residual()).isNegative();
    }

    @Test
    void aResidualIsThePartByWhichTheModelIsTooHigh() {
        var cost = LinearCost.fit(List.of(new Sample(0, 100), new Sample(100, 100), new Sample(200, 100), new Sample(100, 50)));
        var last = cost.points().getLast();
        assertThat(last.measuredNs()).isEqualTo(50);
        assertThat(last.residual()).isCloseTo(last.modelNs() / 50 - 1, within(1e-12)).isPositive();
        double squares = cost.points().stream().mapToDouble(point -> point.residual() * point.residual()).sum();
        assertThat(cost.rms()).isCloseTo(Math.sqrt(squares / 4), within(1e-12));
    }

    @Test
    void noOtherLineHasASmallerRelativeError() {
        var seen = samples(x -> 80 + 0.2 * x + 3 * Math.sqrt(x));
        var cost = LinearCost.fit(seen);
        double best = squares(seen, cost.fixedNs(), cost.perByteNs());
        for (double factor : new double[] {0.99, 1.01}) {
            assertThat(squares(seen, cost.fixedNs() * factor, cost.perByteNs())).isGreaterThan(best);
            assertThat(squares(seen, cost.fixedNs(), cost.perByteNs() * factor)).isGreaterThan(best);
        }
    }

    private static double squares(List<Sample> samples, double fixed, double perByte) {
        return samples.stream().mapToDouble(each -> Math.pow((fixed + perByte * each.size()) / each.ns() - 1, 2)).sum();
    }

    @Test
    void linesThatCrossDoSoWhereBothCostTheSame() {
        var copiedTwice = LinearCost.fit(samples(x -> 2_000 + 0.1 * x));
        var copiedOnce = LinearCost.fit(samples(x -> 100 + 0.2 * x));
        assertThat(copiedOnce.crossover(copiedTwice)).isCloseTo(19_000, within(1e-3));
        assertThat(copiedTwice.crossover(copiedOnce)).isCloseTo(19_000, within(1e-3));
    }

    @Test
    void parallelLinesAndLinesThatMeetBeforeTheFirstByteDoNotCross() {
        var cheap = LinearCost.fit(samples(x -> 100 + 0.1 * x));
        assertThat(cheap.crossover(LinearCost.fit(samples(x -> 2_000 + 0.2 * x)))).isNaN();
        assertThat(new LinearCost(1, 2, List.of(), 0).crossover(new LinearCost(3, 2, List.of(), 0))).isNaN();
    }

    @Test
    void whatIsNoLineIsRefused() {
        assertThatThrownBy(() -> LinearCost.fit(List.of(new Sample(32, 1), new Sample(64, 2), new Sample(64, 3))))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 sizes");
        assertThatThrownBy(() -> LinearCost.fit(samples(x -> x - 32))).isInstanceOf(IllegalArgumentException.class);
    }
}

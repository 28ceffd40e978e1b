package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipring.perf.candidate.Candidate.Kind;
import dev.slipring.perf.candidate.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CrossoverTest {
    private static final int[] SIZES = {32, 4096, 1_048_576};

    private static List<Series> roundTrips(String candidate, IntToDoubleFunction oneWayNs) {
        var all = new ArrayList<Series>();
        for (int size : SIZES) {
            var round = new Round(1, Map.of(Metric.P50, 2 * oneWayNs.applyAsDouble(size)), null);
            all.add(new Series(Mode.ROUND_TRIP, size, candidate, List.of(round)));
        }
        return all;
    }

    @Test
    void theParametersOfBothModelsAreFoundAgain() {
        var series = new ArrayList<Series>();
        series.addAll(roundTrips("floor", _ -> 50));
        series.addAll(roundTrips("tcp", x -> 2 * 4_000 + 2 * x / 10.0));
        series.addAll(roundTrips("spsc", x -> 3 * 50 + x / 4.0));
        var crossover = Crossover.of(series);

        assertThat(crossover.fits()).extracting(Crossover.Fit::candidate).containsExactly("tcp", "spsc");
        var tcp = crossover.fits().getFirst();
        assertThat(tcp.kind()).isEqualTo(Kind.KERNEL);
        assertThat(tcp.unitNs()).isCloseTo(4_000, within(1e-3));
        assertThat(tcp.gigabytesPerSecond()).isCloseTo(10, within(1e-6));
        var spsc = crossover.fits().getLast();
        assertThat(spsc.units()).isCloseTo(3, within(1e-6));
        assertThat(spsc.unitNs()).isEqualTo(50);
        assertThat(spsc.gigabytesPerSecond()).isCloseTo(4, within(1e-6));

        var crossing = crossover.crossings().getFirst();
        assertThat(crossing.bytes()).isNotNull().isCloseTo((8_000 - 150) / (0.25 - 0.2), within(1e-3));
        assertThat(crossing.verdict()).isEqualTo("spsc is cheaper up to 157,000 bytes");
        assertThat(crossover.table()).contains("tcp", "spsc is cheaper up to", "rms 0%");
    }

    @Test
    void whatIsCheaperAtEverySizeIsSaidToBe() {
        var series = new ArrayList<>(roundTrips("pipe", x -> 9_000 + x / 2.0));
        series.addAll(roundTrips("spsc", x -> 150 + x / 4.0));
        var crossover = Crossover.of(series);
        assertThat(crossover.crossings()).containsExactly(new Crossover.Crossing("pipe", "spsc", null, "spsc is cheaper at every size"));
        assertThat(crossover.fits().getLast().units()).as("without the floor").isZero();
    }

    @Test
    void tooFewSizesAndOtherModesMakeNoModel() {
        assertThat(Crossover.of(roundTrips("spsc", x -> 100 + x).subList(0, 2)).isEmpty()).isTrue();
        var floods = new ArrayList<Series>();
        for (int size : SIZES) {
            floods.add(new Series(Mode.FLOOD, size, "spsc", List.of(Round.ofRate(10, 10, 10))));
        }
        assertThat(Crossover.of(floods).isEmpty()).isTrue();
    }
}

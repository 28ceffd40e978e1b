package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * All counted rounds of one candidate in one mode at one size; the n-th of each candidate ran in the same round.
 */
record Series(Mode mode, int size, String candidate, List<Round> rounds) {
    List<Double> values(Metric metric) {
        return rounds.stream().map(round -> round.value(metric)).toList();
    }

    /** The latencies of all rounds. */
    Histogram histogram() {
        var all = Round.newHistogram();
        rounds.forEach(round -> all.add(round.histogram()));
        return all;
    }

    /** Whether messages were lost in any round. */
    boolean hasLost() {
        return rounds.stream().anyMatch(round -> round.values().containsKey(Metric.LOST));
    }
}

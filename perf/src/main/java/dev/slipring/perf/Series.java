package dev.slipring.perf;

import java.util.List;

/**
 * All counted rounds of one candidate in one mode at one size; the n-th of each candidate ran in the same round.
 */
record Series(Mode mode, int size, String candidate, List<Round> rounds) {
    List<Double> values(Metric metric) {
        return rounds.stream().map(round -> round.value(metric)).toList();
    }
}

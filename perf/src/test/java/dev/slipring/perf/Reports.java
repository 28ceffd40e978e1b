package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.util.ArrayList;
import java.util.List;

/** A run that never was: two sizes, three rounds, figures that can be foretold. */
final class Reports {
    private static final List<Integer> SIZES = List.of(32, 4096, 65_536);

    private Reports() {
    }

    /** @param slowerBy of each round, the times of all candidates are multiplied by this much more than in the one before */
    static Report of(List<String> candidates, double slowerBy) {
        var settings = new Settings(candidates, List.of(), List.of(Mode.ROUND_TRIP, Mode.FLOOD), SIZES, 3, 0, 0.1, 0, 1, 1 << 20,
            Reading.WHOLE, 1000, 64, "/dev/shm", List.of());
        var series = new ArrayList<Series>();
        for (int size : SIZES) {
            for (var candidate : candidates) {
                series.add(new Series(Mode.ROUND_TRIP, size, candidate, roundTrips(candidate, size, slowerBy)));
                series.add(new Series(Mode.FLOOD, size, candidate, List.of(flood(candidate), flood(candidate), flood(candidate))));
            }
        }
        var hardware = new Hardware("CPU <of this test>", 2, "6 amd64", "JDK", "not pinned", 20, "0.10");
        return new Report("perf bench", "2026-01-01T00:00:00Z", hardware, List.of("-Xmx64m"), settings,
            candidates.stream().map(Candidates::named).map(Report.Contestant::of).toList(), series,
            List.of(new Absence(Mode.FLOOD, 65_536, "mq", Absence.Cause.NOT_SUPPORTED, "longer than msgsize_max")), Crossover.of(series));
    }

    /** The first candidate takes 100 ns, the next 200 and so on, and a nanosecond more for each 16 bytes. */
    private static List<Round> roundTrips(String candidate, int size, double slowerBy) {
        var rounds = new ArrayList<Round>();
        double factor = 1;
        for (int round = 0; round < 3; round++) {
            var histogram = Round.newHistogram();
            for (int i = 0; i < 1000; i++) {
                histogram.recordValue((long) (factor * (nanoseconds(candidate) + size / 16 + (i == 999 ? 5000 : 0))));
            }
            rounds.add(Round.ofLatencies(1000, histogram).with(Metric.MEAN, 1));
            factor *= slowerBy;
        }
        return rounds;
    }

    private static Round flood(String candidate) {
        return Round.ofRate(1_000_000, 1_000_000, (long) (1e5 * nanoseconds(candidate)));
    }

    static int nanoseconds(String candidate) {
        return switch (candidate) {
            case "floor" -> 100;
            case "spsc" -> 200;
            case "aeron-ipc" -> 400;
            default -> 800;
        };
    }
}

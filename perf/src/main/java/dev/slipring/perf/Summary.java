package dev.slipring.perf;

import dev.slipring.perf.candidate.Candidate.Kind;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run says in a few numbers, for a table: the median over the rounds of each figure, and ratios that are made round by round.
 *
 * @param rows    per size and candidate, in the order asked for
 * @param verdict whether the machine was quiet enough to believe them
 */
record Summary(List<Row> rows, String verdict) {
    private static final double STEADY = 1.5;
    private static final double IDLE = 0.5;

    /**
     * One candidate at one size; what was not measured is null.
     *
     * @param roundTripToFloor how many times as long as the machine itself needs; less is better
     * @param bestPeer         the fastest in the round trip of those that are not ours
     * @param roundTripToPeer  less than 1: faster than the best peer
     * @param bestFloodPeer    the one with most messages per second of those that are not ours
     * @param floodToPeer      more than 1: more messages per second than that
     */
    record Row(int size, String candidate, boolean ours, @Nullable Double roundTripP50Ns, @Nullable Double roundTripP99Ns,
               @Nullable Double roundTripP999Ns, @Nullable Double messagesPerSecond, @Nullable Double roundTripToFloor,
               @Nullable String bestPeer, @Nullable Double roundTripToPeer, @Nullable String bestFloodPeer, @Nullable Double floodToPeer) {
    }

    static Summary of(Report report) {
        var rows = new ArrayList<Row>();
        for (int size : report.settings().sizes()) {
            var roundTrips = report.series().stream().filter(each -> each.mode() == Mode.ROUND_TRIP && each.size() == size).toList();
            var floods = report.series().stream().filter(each -> each.mode() == Mode.FLOOD && each.size() == size).toList();
            for (var candidate : report.settings().candidates()) {
                row(size, candidate, roundTrips, floods).ifPresent(rows::add);
            }
        }
        return new Summary(rows, verdict(report));
    }

    private static Optional<Row> row(int size, String name, List<Series> roundTrips, List<Series> floods) {
        var roundTrip = of(name, roundTrips);
        var flood = of(name, floods);
        if (roundTrip == null && flood == null) {
            return Optional.empty();
        }
        var floor = of("floor", roundTrips);
        var peer = roundTrips.stream().filter(each -> isPeer(each.candidate()))
            .min(Comparator.comparingDouble(each -> median(each, Metric.P50))).orElse(null);
        var floodPeer = floods.stream().filter(each -> isPeer(each.candidate()))
            .max(Comparator.comparingDouble(each -> median(each, Metric.RATE))).orElse(null);
        return Optional.of(new Row(size, name, isOurs(name),
            roundTrip == null ? null : median(roundTrip, Metric.P50), roundTrip == null ? null : median(roundTrip, Metric.P99),
            roundTrip == null ? null : median(roundTrip, Metric.P999), flood == null ? null : 1e6 * median(flood, Metric.RATE),
            ratio(roundTrip, floor, Metric.P50), peer == null ? null : peer.candidate(), ratio(roundTrip, peer, Metric.P50),
            floodPeer == null ? null : floodPeer.candidate(), ratio(flood, floodPeer, Metric.RATE)));
    }

    private static @Nullable Series of(String candidate, List<Series> all) {
        return all.stream().filter(each -> each.candidate().equals(candidate)).findFirst().orElse(null);
    }

    private static double median(Series series, Metric metric) {
        return Statistics.of(series.values(metric)).median();
    }

    private static @Nullable Double ratio(@Nullable Series series, @Nullable Series peer, Metric metric) {
        return series == null || peer == null ? null : Statistics.ofRatios(series.values(metric), peer.values(metric)).median();
    }

    /** Ours are the candidates of the rooms of rings and slots. */
    static boolean isOurs(String candidate) {
        return Candidates.OURS.contains(candidate);
    }

    private static boolean isPeer(String candidate) {
        return !isOurs(candidate) && Candidates.named(candidate).kind() != Kind.REFERENCE;
    }

    private static String verdict(Report report) {
        var reasons = new ArrayList<String>();
        for (var series : report.series()) {
            if (series.mode() == Mode.ROUND_TRIP && series.candidate().equals("floor")) {
                var p50 = Statistics.of(series.values(Metric.P50));
                if (p50.max() > STEADY * p50.min()) {
                    reasons.add("a cache line's round trip took %,.0f to %,.0f ns between rounds (at %d B)".formatted(p50.min(), p50.max(),
                        series.size()));
                }
            }
        }
        double load = load(report.hardware());
        if (load > IDLE) {
            reasons.add("the load was %.2f before it began".formatted(load));
        }
        return reasons.isEmpty() ? "This machine was quiet." : "This machine was noisy: " + String.join("; ", reasons)
            + ". Believe ratios rather than times, and neither to the last digit.";
    }

    private static double load(Hardware hardware) {
        try {
            return Double.parseDouble(hardware.load());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** For people. */
    String table() {
        var lines = new ArrayList<String>();
        String format = "%-18s %11s %11s %11s %8s %8s %12s %8s";
        int size = -1;
        for (var row : rows) {
            if (row.size != size) {
                size = row.size;
                lines.add("");
                lines.add(format.formatted(size + " B", "p50 ns", "p99 ns", "p99.9 ns", ": floor", ": peer", "msg/s", ": peer"));
            }
            lines.add(format.formatted(row.candidate, number(row.roundTripP50Ns), number(row.roundTripP99Ns),
                number(row.roundTripP999Ns), ratio(row.roundTripToFloor), ratio(row.roundTripToPeer), number(row.messagesPerSecond),
                ratio(row.floodToPeer)));
        }
        rows.stream().filter(row -> row.ours && row.bestPeer != null).forEach(row -> {
            String line = "At " + row.size + " B the best peer is " + row.bestPeer + " in the round trip, " + row.bestFloodPeer
                + " in messages per second.";
            if (!lines.contains(line)) {
                lines.add(line);
            }
        });
        lines.add(verdict);
        return String.join("\n", lines) + "\n";
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String ratio(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.2f", value);
    }
}

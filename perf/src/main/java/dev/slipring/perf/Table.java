package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Series for people: a line per candidate and metric, with the ratios to each peer. */
final class Table {
    private static final String ROW = "  %-17s %-9s %10s %10s %10s";
    private static final String RATIO = "   %-24s";

    private Table() {
    }

    /** Of one mode and size. */
    static String of(Outcome outcome, Mode mode, int size, List<String> peers) {
        var series = outcome.series();
        var compared = series.stream().filter(each -> peers.contains(each.candidate())).toList();
        var lines = new ArrayList<String>();
        lines.add("%s, %d B, %d rounds".formatted(mode.title(), size, series.isEmpty() ? 0 : series.getFirst().rounds().size()));
        var head = new StringBuilder(ROW.formatted("", "", "median", "min", "max"));
        compared.forEach(peer -> head.append(RATIO.formatted(": " + peer.candidate())));
        lines.add(head.toString().stripTrailing());
        for (var each : series) {
            String name = each.candidate();
            for (var metric : Metric.of(mode)) {
                lines.add(row(name, metric, each, compared));
                name = "";
            }
            if (each.hasLost()) {
                lines.add(row(name, Metric.LOST, each, List.of()));
            }
        }
        outcome.absences().forEach(absence -> lines.add("  " + absence.line()));
        return String.join("\n", lines) + "\n";
    }

    private static String row(String name, Metric metric, Series series, List<Series> peers) {
        var values = series.values(metric);
        var statistics = Statistics.of(values);
        var row = new StringBuilder(ROW.formatted(name, metric.title(), metric.format(statistics.median()), metric.format(statistics.min()),
            metric.format(statistics.max())));
        for (var peer : peers) {
            var ratios = Statistics.ofRatios(values, peer.values(metric));
            row.append(RATIO.formatted(peer.equals(series) ? ""
                : String.format(Locale.ROOT, "%.2f (%.2f … %.2f)", ratios.median(), ratios.min(), ratios.max())));
        }
        return row.toString().stripTrailing();
    }
}

package dev.slipring.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.perf.candidate.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A report as one HTML file that needs nothing else: the figures are computed here, the page only draws them (Chart.js, inlined). */
final class Page {
    private static final String CHART_JS = "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";
    /** Of a percentile curve, from the median to one in a hundred thousand: 1 / (1 - quantile). */
    private static final double[] ONE_IN = {1.0001, 1.25, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000};

    private final Report report;
    private final Summary summary;

    /** A point of a curve. */
    record Point(double x, double y) {
    }

    /** What {@code page.js} draws. */
    record Figures(List<Report.Contestant> contestants, List<Summary.Row> rows, Map<Integer, Map<String, List<Point>>> percentiles,
                   Crossover crossover) {
    }

    Page(Report report, Summary summary) {
        this.report = report;
        this.summary = summary;
    }

    void write(Path file) throws IOException {
        Files.writeString(file, resource("page.html")
            .replace("${style}", resource("page.css"))
            .replace("${environment}", environment())
            .replace("${verdict}", escape(summary.verdict()))
            .replace("${absences}", absences())
            .replace("${figures}", figures())
            .replace("${chart.js}", resource(CHART_JS))
            .replace("${page.js}", resource("page.js")));
    }

    private String environment() {
        var hardware = report.hardware();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Command", report.command());
        facts.put("When", report.started());
        facts.put("CPU", hardware.cpu() + ", " + hardware.cores() + " processors");
        facts.put("Kernel", "Linux " + hardware.kernel());
        facts.put("JDK", hardware.jdk());
        facts.put("Flags", String.join(" ", report.workerFlags()));
        facts.put("Pinning", hardware.pinning());
        facts.put("Clock", "System.nanoTime, %.0f ns a reading".formatted(hardware.clockNs()));
        facts.put("Load before", hardware.load());
        facts.put("Rounds", report.settings().rounds() + " of " + report.settings().seconds() + " s after " + report.settings().warmups()
            + " of warm-up, interleaved");
        var rows = new StringBuilder();
        facts.forEach((name, value) -> rows.append("<tr><th>").append(escape(name)).append("</th><td>").append(escape(value))
            .append("</td></tr>\n"));
        return rows.toString();
    }

    private String absences() {
        var lines = report.absences().stream().map(each -> each.mode().title() + ", " + each.size() + " B: " + each.line()).toList();
        return lines.isEmpty() ? "<li>nobody</li>"
            : String.join("\n", lines.stream().map(each -> "<li>" + escape(each) + "</li>").toList());
    }

    private String figures() throws JsonProcessingException {
        var percentiles = new LinkedHashMap<Integer, Map<String, List<Point>>>();
        for (var series : report.series()) {
            if (series.mode() == Mode.ROUND_TRIP) {
                percentiles.computeIfAbsent(series.size(), _ -> new LinkedHashMap<>()).put(series.candidate(), curve(series));
            }
        }
        var figures = new Figures(report.contestants(), summary.rows(), percentiles, report.crossover());
        return new ObjectMapper().writeValueAsString(figures).replace("</", "<\\/"); // a script ends at the first </script
    }

    private static List<Point> curve(Series series) {
        var latencies = series.histogram();
        var points = new ArrayList<Point>();
        for (double oneIn : ONE_IN) {
            if (oneIn <= latencies.getTotalCount()) {
                points.add(new Point(oneIn, latencies.getValueAtPercentile(100 * (1 - 1 / oneIn))));
            }
        }
        return points;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

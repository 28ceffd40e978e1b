package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Latency;
import java.io.PrintStream;
import java.util.Formatter;
import java.util.Locale;

/** A report for people. The last line is the verdict. */
final class FusionTable {
    private static final double NS_PER_US = 1000;

    private final Formatter out;

    FusionTable(PrintStream out) {
        this.out = new Formatter(out, Locale.ROOT);
    }

    void print(FusionReport report) {
        var figures = report.figures();
        if (figures != null) {
            print(figures);
        }
        if (report.processorTime() != null) {
            out.format("processor time %s%n", report.processorTime());
        }
        if (!report.exitCodes().isEmpty()) {
            out.format("exit codes     %s%n", report.exitCodes());
        }
        if (report.picture() != null) {
            out.format("picture        %s%n", report.picture());
        }
        if (report.regions() != null) {
            out.format("kept in        %s%n", report.regions());
        }
        out.format("%n");
        report.notes().forEach(note -> out.format("note: %s%n", note));
        report.problems().forEach(problem -> out.format("problem: %s%n", problem));
        if (report.passed() && figures != null) {
            long used = figures.sensors().values().stream().mapToLong(FusionFigures.SensorFigures::used).sum();
            out.format("verdict: PASS %d samples, each with its own calibration: 0 mismatches, %d overwritten; %s, bit for bit%n", used,
                figures.overwritten(), figures.overwritten() == 0 ? "equal to the whole file" : "equal to the replay of its log");
        } else {
            out.format("verdict: FAIL %s%n", report.problems().getFirst());
        }
    }

    private void print(FusionFigures figures) {
        out.format("%n");
        out.format("                                                            age at use, us          age in a snapshot, us%n");
        out.format("slot             Hz  written     used overwritten      p50      p99      max      p50      p99      max  skipped%n");
        figures.sensors().forEach((sensor, each) -> {
            out.format("%-13s %5.0f %8d %8d %11d", sensor, each.hz(), each.written(), each.used(), each.overwritten());
            ages(each.ageAtUse());
            ages(each.age());
            out.format(" %8d%n", each.skipped());
        });
        out.format("%-75s", "state");
        ages(figures.stateAge());
        out.format("%n%n");
        out.format("calibrations   %d%n", figures.calibrations());
        out.format("mismatches     %d samples combined with another calibration than their own%n", figures.mismatches());
        out.format("snapshots      %,d of all slots at one instant, %.0f Hz; %d torn%n", figures.snapshots(), figures.snapshotHz(),
            figures.torn());
        out.format("retries        %d%n", figures.retries());
        out.format("speed          %.2f m/s root mean square from what the receiver says and the filter does not know%n",
            figures.speedError());
    }

    private void ages(Latency latency) {
        out.format(" %8.1f %8.1f %8.1f", latency.p50() / NS_PER_US, latency.p99() / NS_PER_US, latency.max() / NS_PER_US);
    }
}

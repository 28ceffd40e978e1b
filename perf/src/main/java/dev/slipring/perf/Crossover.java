package dev.slipring.perf;

import dev.slipring.perf.candidate.Candidate.Kind;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From which message size on does shared memory pay, or no longer? For each candidate the median of half a round trip over the size is
 * fitted by the model of its kind:
 *
 * <pre>
 *   kernel          T(x) = n · σ  + 2 · x / B     two calls; every byte is copied in and copied out
 *   shared memory   T(x) = n' · σ' + x / B        cache lines change hands; every byte crosses once
 * </pre>
 *
 * <p>A line has two parameters: σ follows with n = 2, and n' follows with σ' taken from {@code floor}, where that was measured too.
 *
 * @param fits      a line per candidate
 * @param crossings of every kernel candidate with every one in shared memory
 */
record Crossover(List<Fit> fits, List<Crossing> crossings) {
    private static final int CALLS = 2;
    private static final int COPIES = 2;

    /**
     * One candidate's line.
     *
     * @param gigabytesPerSecond B of the model; 0 when the time does not grow with the size
     * @param unitNs             σ of the model: what a call costs, or what a cache line's change of hands does
     * @param units              n of the model; the two are 0 where σ' is not known
     */
    record Fit(String candidate, Kind kind, LinearCost cost, double gigabytesPerSecond, double unitNs, double units) {
    }

    /**
     * Where two lines meet.
     *
     * @param bytes   x*; {@code null} when they do not
     * @param verdict for people
     */
    record Crossing(String kernel, String sharedMemory, @Nullable Double bytes, String verdict) {
    }

    /** Of all series of a run; empty unless there are round trips of enough sizes. */
    static Crossover of(List<Series> all) {
        double lineNs = all.stream().filter(each -> each.mode() == Mode.ROUND_TRIP && each.candidate().equals("floor"))
            .mapToDouble(Crossover::oneWayNs).min().orElse(0);
        var samples = new LinkedHashMap<String, List<LinearCost.Sample>>();
        for (var series : all) {
            if (series.mode() == Mode.ROUND_TRIP && Candidates.named(series.candidate()).kind() != Kind.REFERENCE) {
                samples.computeIfAbsent(series.candidate(), _ -> new ArrayList<>())
                    .add(new LinearCost.Sample(series.size(), oneWayNs(series)));
            }
        }
        var fits = samples.entrySet().stream().filter(each -> each.getValue().size() >= LinearCost.FEWEST_POINTS)
            .map(each -> fit(each, lineNs)).toList();
        var crossings = new ArrayList<Crossing>();
        for (var kernel : of(Kind.KERNEL, fits)) {
            of(Kind.SHARED_MEMORY, fits).forEach(shared -> crossings.add(crossing(kernel, shared)));
        }
        return new Crossover(fits, crossings);
    }

    private static double oneWayNs(Series series) {
        return Statistics.of(series.values(Metric.P50)).median() / 2;
    }

    private static List<Fit> of(Kind kind, List<Fit> fits) {
        return fits.stream().filter(each -> each.kind == kind).toList();
    }

    private static Fit fit(Map.Entry<String, List<LinearCost.Sample>> samples, double lineNs) {
        var kind = Candidates.named(samples.getKey()).kind();
        var cost = LinearCost.fit(samples.getValue().stream().sorted(Comparator.comparingInt(LinearCost.Sample::size)).toList());
        boolean kernel = kind == Kind.KERNEL;
        double bandwidth = cost.perByteNs() > 0 ? (kernel ? COPIES : 1) / cost.perByteNs() : 0;
        double unit = kernel ? cost.fixedNs() / CALLS : lineNs;
        return new Fit(samples.getKey(), kind, cost, bandwidth, unit, kernel ? CALLS : lineNs > 0 ? cost.fixedNs() / lineNs : 0);
    }

    private static Crossing crossing(Fit kernel, Fit shared) {
        double bytes = kernel.cost.crossover(shared.cost);
        boolean cheaperSmall = shared.cost.fixedNs() < kernel.cost.fixedNs();
        if (Double.isNaN(bytes)) {
            return new Crossing(kernel.candidate, shared.candidate, null,
                (cheaperSmall ? shared : kernel).candidate + " is cheaper at every size");
        }
        return new Crossing(kernel.candidate, shared.candidate, bytes,
            "%s is cheaper up to %,.0f bytes".formatted((cheaperSmall ? shared : kernel).candidate, bytes));
    }

    boolean isEmpty() {
        return fits.isEmpty();
    }

    /** For people. */
    String table() {
        var lines = new ArrayList<String>();
        lines.add("cost of a message over its size, fitted to half the median round trip: T(x) = n·σ + c·x/B, c = 2 copies by the kernel");
        lines.add(row("", "n·σ ns", "n", "σ ns", "B GB/s", "residual at each size"));
        for (var fit : fits) {
            var residuals = new StringBuilder();
            fit.cost.points().forEach(point -> residuals.append(" %+.0f%%".formatted(100 * point.residual())));
            lines.add(row(fit.candidate, number(fit.cost.fixedNs()), fit.units > 0 ? number(fit.units) : "?",
                fit.unitNs > 0 ? number(fit.unitNs) : "?", fit.gigabytesPerSecond > 0 ? number(fit.gigabytesPerSecond) : "?",
                "rms %.0f%%:%s".formatted(100 * fit.cost.rms(), residuals)));
        }
        crossings.forEach(each -> lines.add("  %s, %s: %s".formatted(each.kernel, each.sharedMemory, each.verdict)));
        return String.join("\n", lines) + "\n";
    }

    private static String row(String name, String fixed, String units, String unit, String bandwidth, String residuals) {
        return "  %-18s %10s %6s %9s %8s   %s".formatted(name, fixed, units, unit, bandwidth, residuals);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}

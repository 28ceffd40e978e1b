package dev.slipring.cli;

import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.TextTable;
import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionKind;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how often something arrives, and how regularly. */
@Command(name = "hz", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Measures how often something arrives in a region (messages, versions of slots, frames), and how regularly. Only reads.")
final class HzCommand implements Callable<Integer> {
    private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(2);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final double MAX_SECONDS = 3600;

    @Mixin
    private Common common = new Common();

    @Parameters(index = "0", paramLabel = "NAME", description = "The region.")
    private String name = "";
    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "One slot of a table; default: all.")
    private @Nullable String key;
    @Option(names = "--seconds", paramLabel = "SECONDS", description = "How long (default 3).")
    private double seconds = 3;
    @Option(names = "--spin", description = "Look without pause: exact to less than a microsecond, at the price of a core.")
    private boolean spin;

    /**
     * What {@code --json} prints.
     *
     * @param arrivals   how many came
     * @param perSecond  that, by the time it took
     * @param together   how many of them came so close after another that no look was between the two
     * @param intervals  from one look that found something to the next such; null when there were less than two
     * @param resolution from one look to the next
     */
    record Rate(String name, RegionKind kind, double seconds, long arrivals, double perSecond, long together, @Nullable Spread intervals,
        Spread resolution) {
    }

    /** Percentiles, in nanoseconds. */
    record Spread(long count, long min, long mean, long deviation, long p50, long p90, long p99, long p999, long max) {
        static Spread of(Histogram histogram) {
            return new Spread(histogram.getTotalCount(), histogram.getMinValue(), Math.round(histogram.getMean()),
                Math.round(histogram.getStdDeviation()), histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getMaxValue());
        }
    }

    @Override
    public Integer call() {
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new IllegalArgumentException("--seconds=" + seconds + " is outside 0…" + MAX_SECONDS);
        }
        var regions = common.regions();
        var header = regions.header(name);
        try (var interruption = new Interruption(); var arrivals = Arrivals.in(regions, name, header, key)) {
            var rate = measure(header.kind(), arrivals, interruption);
            common.output().print(rate, output -> print(output, rate));
        }
        return ExitCode.OK;
    }

    private Rate measure(RegionKind kind, Arrivals arrivals, Interruption interruption) {
        var intervals = new Histogram(1, LONGEST_NS, 3);
        var looks = new Histogram(1, LONGEST_NS, 3);
        long first = arrivals.count();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long count = first;
        long finds = 0;
        long lastFind = 0;
        long now = start;
        while (now < end && !interruption.requested()) {
            long counted = arrivals.count();
            long before = now;
            now = System.nanoTime();
            looks.recordValue(now - before);
            if (counted != count) {
                if (finds > 0) {
                    intervals.recordValue(now - lastFind);
                }
                finds++;
                lastFind = now;
                count = counted;
            } else if (!spin) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        double took = (now - start) / 1e9;
        return new Rate(name, kind, took, count - first, (count - first) / took, count - first - finds,
            finds < 2 ? null : Spread.of(intervals), Spread.of(looks));
    }

    private static void print(Output output, Rate rate) {
        output.line(output.heading(rate.name) + String.format("  %d %s in %.3f s: %.1f/s", rate.arrivals, unit(rate.kind), rate.seconds,
            rate.perSecond));
        if (rate.intervals == null) {
            output.line("  too few to tell how regularly");
            return;
        }
        var table = new TextTable("", ">min", ">mean", ">±", ">p50", ">p90", ">p99", ">p99.9", ">max");
        row(table, "between arrivals", rate.intervals);
        row(table, "between looks", rate.resolution);
        table.lines(output.columns()).forEach(line -> output.line("  " + line));
        if (rate.together > 0) {
            output.line("  " + rate.together + " came so close after another that no look was in between" + ": --spin looks without pause");
        }
    }

    private static void row(TextTable table, String what, Spread spread) {
        table.row(what, Units.span(spread.min), Units.span(spread.mean), Units.span(spread.deviation), Units.span(spread.p50),
            Units.span(spread.p90), Units.span(spread.p99), Units.span(spread.p999), Units.span(spread.max));
    }

    private static String unit(RegionKind kind) {
        return switch (kind) {
            case SPSC_RING, MPSC_RING, BROADCAST_RING -> "messages";
            case SLOT_TABLE -> "versions";
            case FRAME_POOL -> "frames";
        };
    }
}

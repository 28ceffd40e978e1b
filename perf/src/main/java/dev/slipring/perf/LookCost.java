package dev.slipring.perf;

import dev.slipring.core.RegionKind;
import dev.slipring.perf.Looker.How;
import dev.slipring.perf.candidate.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures what a producer pays for being looked at from another process. Leaves no process and no file behind. */
final class LookCost {
    static final List<RegionKind> KINDS = List.of(RegionKind.BROADCAST_RING, RegionKind.SPSC_RING);
    static final List<String> FIGURES = List.of("flood, p50", "flood, p99", "paced, p50", "paced, p99");
    private static final String ROW = "  %-12s %-13s %8s %8s %8s   %s";

    private final int rounds;
    private final int warmups;
    private final long halfRoundNs;
    private final List<Measured> all = new ArrayList<>();

    /** What came of a round: in the order of FIGURES, in ns; and how many messages were read or missed, or looks made, meanwhile. */
    private record Measured(RegionKind kind, How how, List<Double> figures, long looks) {
    }

    /** @param seconds of a round, half of it flood and half of it paced */
    LookCost(int rounds, int warmups, double seconds) {
        this.rounds = rounds;
        this.warmups = warmups;
        halfRoundNs = (long) (seconds * TimeUnit.SECONDS.toNanos(1) / 2);
    }

    void run(Path directory, Pinning pinning) throws IOException {
        try (var run = RunDirectory.in(directory);
            var producer = new ObedientProcess(LookedAt.class, pinning.command(Mode.End.NEAR), run.path().toString());
            var looker = new ObedientProcess(Looker.class, pinning.command(Mode.End.FAR), run.path().toString())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                producer.close();
                looker.close();
                run.close();
            }, "clean up"));
            var order = new ArrayList<>(List.of(How.values()));
            for (int round = -warmups; round < rounds; round++) {
                for (var kind : KINDS) {
                    for (var how : order) {
                        var measured = round(kind, how, producer, looker);
                        if (round >= 0) {
                            all.add(measured);
                        }
                    }
                }
                Collections.rotate(order, 1);
            }
        }
    }

    private Measured round(RegionKind kind, How how, ObedientProcess producer, ObedientProcess looker) throws IOException {
        if (how.looks()) {
            looker.tell("look " + how + " " + kind);
            if (!looker.answer().equals(Looker.LOOKING)) {
                throw new IOException("the process that looks did something else");
            }
        }
        producer.tell("produce " + kind + " " + halfRoundNs);
        var figures = Stream.of(producer.answer().split(" ", -1)).map(Double::valueOf).toList();
        long looks = 0;
        if (how.looks()) {
            looker.tell(Obedience.STOP);
            looks = Long.parseLong(looker.answer());
        }
        return new Measured(kind, how, figures, looks);
    }

    /** A line for each figure and way of looking. */
    String table() {
        var lines = new ArrayList<String>();
        for (var kind : KINDS) {
            lines.add("ns an offer takes, " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", 32 B, " + rounds + " rounds");
            lines.add(String.format(Locale.ROOT, ROW, "", "", "median", "min", "max", "ratio to nobody").stripTrailing());
            for (int figure = 0; figure < FIGURES.size(); figure++) {
                for (var how : How.values()) {
                    lines.add(row(kind, figure, how));
                }
            }
            Stream.of(How.values()).filter(How::looks).forEach(how -> lines.add("  " + how.title() + ": "
                + of(kind, how).mapToLong(Measured::looks).sum() + (how == How.INSPECT ? " looks" : " messages read or missed")
                + " in all rounds"));
        }
        return String.join("\n", lines);
    }

    private String row(RegionKind kind, int figure, How how) {
        var values = values(kind, figure, how);
        var statistics = Statistics.of(values);
        var ratios = Statistics.ofRatios(values, values(kind, figure, How.NOBODY));
        return String.format(Locale.ROOT, ROW, how == How.NOBODY ? FIGURES.get(figure) : "", how.title(), number(statistics.median()),
            number(statistics.min()), number(statistics.max()), how == How.NOBODY ? ""
                : String.format(Locale.ROOT, "%.2f (%.2f … %.2f)", ratios.median(), ratios.min(), ratios.max())).stripTrailing();
    }

    private List<Double> values(RegionKind kind, int figure, How how) {
        return of(kind, how).map(measured -> measured.figures.get(figure)).toList();
    }

    private Stream<Measured> of(RegionKind kind, How how) {
        return all.stream().filter(measured -> measured.kind == kind && measured.how == how);
    }

    private static String number(double ns) {
        return String.format(Locale.ROOT, "%.1f", ns);
    }
}

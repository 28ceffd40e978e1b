package dev.slipring.cli;

import dev.slipring.cli.Regions.Look;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.RegionNotFound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what is in a region directory. */
@Command(name = "ls", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Lists the regions: what they are, who takes part, how much waits in them.")
final class LsCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Look twice, so long apart, and say the rate in between.")
    private @Nullable Double interval;

    /** What {@code --json} prints. */
    record Listing(String directory, List<RegionView> regions) {
    }

    @Override
    public Integer call() throws InterruptedException {
        if (interval != null && !(interval > 0 && interval <= 3600)) {
            throw new IllegalArgumentException("--interval=" + interval + " is outside 0…3600");
        }
        var regions = common.regions();
        Map<String, Sample> before = new HashMap<>();
        if (interval != null) {
            looks(regions).forEach(look -> before.put(look.inspection().name(), Sample.of(look)));
            Thread.sleep((long) (interval * 1000));
        }
        var views = looks(regions).stream().map(look -> RegionView.of(look, rate(before.get(look.inspection().name()), look))).toList();
        common.output().print(new Listing(regions.directory().path().toString(), views), output -> print(output, views));
        return ExitCode.OK;
    }

    /** How much had passed at a time, in which life of the region. */
    private record Sample(long nanoTime, long epoch, long passed) {
        static Sample of(Look look) {
            return new Sample(System.nanoTime(), look.inspection().header().map(header -> header.epoch()).orElse(0L), look.passed());
        }
    }

    private static @Nullable Double rate(@Nullable Sample before, Look look) {
        var now = Sample.of(look);
        if (before == null || before.epoch != now.epoch || before.passed < 0 || now.passed < 0) {
            return null;
        }
        return (now.passed - before.passed) * 1e9 / (now.nanoTime - before.nanoTime);
    }

    private static List<Look> looks(Regions regions) {
        var looks = new ArrayList<Look>();
        for (String name : regions.names()) {
            try {
                looks.add(regions.lookAtEntry(name));
            } catch (RegionNotFound e) {
                // removed since it was listed
            }
        }
        return looks;
    }

    private void print(Output output, List<RegionView> views) {
        var table = interval == null
            ? new TextTable("NAME", "KIND", "SCHEMA", ">SIZE", "PRODUCERS", "CONSUMERS", ">DEPTH")
            : new TextTable("NAME", "KIND", "SCHEMA", ">SIZE", "PRODUCERS", "CONSUMERS", ">DEPTH", ">RATE");
        for (var view : views) {
            var cells = new ArrayList<>(List.of(view.printableName(), view.shortKind(), view.shortSchema(), Units.bytes(view.bytes()),
                view.producersInBrief(), view.consumersInBrief(), view.depthInBrief()));
            if (interval != null) {
                cells.add(view.rateInBrief());
            }
            table.row(cells.toArray(String[]::new));
        }
        var lines = table.lines(output.columns());
        output.line(output.heading(lines.getFirst()));
        for (int i = 0; i < views.size(); i++) {
            var view = views.get(i);
            String line = lines.get(i + 1);
            output.line(view.verdict() != Verdict.SOUND ? output.bad(line) : view.hasDead() ? output.doubtful(line) : line);
            view.faults().stream().limit(1).forEach(fault -> output.prose("    ", fault, text -> text));
        }
        if (views.isEmpty()) {
            output.line("no regions");
        }
    }
}

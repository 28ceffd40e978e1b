package dev.slipring.cli;

import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.TextTable;
import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.monitor.RegionLook;
import dev.slipring.monitor.RegionSnapshot;
import java.util.ArrayList;
import java.util.List;
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
        List<RegionSnapshot> before = List.of();
        if (interval != null) {
            before = RegionSnapshot.all(regions.directory());
            Thread.sleep((long) (interval * 1000));
        }
        var views = new ArrayList<RegionView>();
        for (var look : RegionLook.all(regions.directory())) {
            views.add(RegionView.of(look, Rates.since(before, RegionSnapshot.of(look)).published()));
        }
        common.output().print(new Listing(regions.directory().path().toString(), views), output -> print(output, views));
        return ExitCode.OK;
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

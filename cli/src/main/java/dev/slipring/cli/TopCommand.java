package dev.slipring.cli;

import dev.slipring.cli.TopView.Sort;
import dev.slipring.cli.text.LiveScreen;
import dev.slipring.cli.text.Output;
import dev.slipring.core.SlipringException;
import dev.slipring.monitor.RegionSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what goes on in the regions, again and again. */
@Command(name = "top", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Shows what goes on in the regions, now and again: rate, depth, who lags, stalls, sleeps or has lost something. Only "
        + "reads; nobody who takes part can tell. Keys: q ends, s sorts by something else, p shows or hides who takes part.")
final class TopCommand implements Callable<Integer> {
    private static final double SHORTEST = 0.1;
    private static final double LONGEST = 3600;

    @Spec
    private CommandSpec verb = CommandSpec.create();
    @Mixin
    private Common common = new Common();

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these regions.")
    private List<String> names = List.of();
    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "1", description = "Between two looks, 0.1 to 3600. Default: 1.")
    private double interval;
    @Option(names = "--once", description = "Look twice, print once.")
    private boolean once;
    @Option(names = "--sort", defaultValue = "NAME", description = "By what: ${COMPLETION-CANDIDATES}.")
    private Sort sort = Sort.NAME;

    private boolean withParticipants = true;
    private List<RegionSnapshot> before = List.of();
    private List<RegionSnapshot> now = List.of();
    private String trouble = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(interval >= SHORTEST && interval <= LONGEST)) {
            throw new IllegalArgumentException("--interval=" + interval + " is outside " + SHORTEST + "…" + LONGEST);
        }
        if (common.isJson() && !once) {
            throw new IllegalArgumentException("--json needs --once");
        }
        if (once) {
            once();
        } else if (LiveScreen.isPossible()) {
            live();
        } else {
            asLog();
        }
        return ExitCode.OK;
    }

    private void once() throws InterruptedException {
        now = snapshots();
        Thread.sleep(intervalMs());
        before = now;
        now = snapshots();
        common.output().print(view(), output -> view().print(output, true));
    }

    /** Where nobody can press a key: one table below the other, until nobody reads them. */
    private void asLog() throws InterruptedException {
        var out = verb.commandLine().getOut();
        while (!out.checkError()) {
            look();
            common.output().print(view(), output -> {
                output.line(title());
                view().print(output, true);
                output.line("");
            });
            Thread.sleep(intervalMs());
        }
    }

    private void live() throws IOException, InterruptedException {
        try (var screen = LiveScreen.open()) {
            look();
            long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(intervalMs());
            boolean goesOn = true;
            screen.draw(lines(screen.columns()));
            while (goesOn) {
                switch (screen.awaitKey(next)) {
                    case LiveScreen.TIME_IS_UP -> {
                        look();
                        next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(intervalMs());
                    }
                    case 's', 'S' -> sort = sort.next();
                    case 'p', 'P' -> withParticipants = !withParticipants;
                    case 'q', 'Q', LiveScreen.ENDED -> goesOn = false;
                    default -> {
                        // another key, or the size has changed: draw anew
                    }
                }
                if (goesOn) {
                    screen.draw(lines(screen.columns()));
                }
            }
        }
    }

    private List<String> lines(int columns) {
        var text = new StringWriter();
        var output = new Output(new PrintWriter(text), false, Ansi.AUTO, columns);
        output.line(output.heading("slipring top") + title().substring("slipring top".length()));
        output.line("q ends   s sorts by " + sort.next().name().toLowerCase(Locale.ROOT) + " instead of "
            + sort.name().toLowerCase(Locale.ROOT) + "   p " + (withParticipants ? "hides" : "shows") + " who takes part");
        view().print(output, withParticipants);
        return text.toString().lines().toList();
    }

    private String title() {
        return "slipring top   " + common.regions().directory().path() + "   " + now.size()
            + (now.size() == 1 ? " region   " : " regions   ") + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    }

    private TopView view() {
        var directory = common.regions().directory().path().toString();
        return trouble.isEmpty() ? TopView.of(directory, before, now, sort) : new TopView(directory, trouble, List.of());
    }

    /** A directory that is not there, or not to be trusted, may be so later. */
    private void look() {
        before = now;
        try {
            now = snapshots();
            trouble = "";
        } catch (SlipringException e) {
            now = List.of();
            trouble = String.valueOf(e.getMessage());
        }
    }

    private List<RegionSnapshot> snapshots() {
        var all = RegionSnapshot.all(common.regions().directory());
        return names.isEmpty() ? all : all.stream().filter(each -> names.contains(each.name())).toList();
    }

    private long intervalMs() {
        return (long) (interval * 1000);
    }
}

package dev.slipring.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares everything with everything, and writes a report: a folder with a page, the facts and the latencies. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true,
    description = "Compares our rings with Aeron IPC, Agrona's rings and the operating system's own, and writes a report.")
final class BenchCommand implements Callable<Integer> {
    private static final List<Integer> QUICK_SIZES = List.of(32, 4096);
    private static final List<Integer> SIZES = List.of(32, 256, 4096, 65_536, 1_048_576);

    private final List<String> arguments;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--quick", description = "Two sizes and three short rounds, under three minutes; else five sizes and seven rounds.")
    private boolean quick;
    @Option(names = "--candidates", split = ",", description = "What to compare. Default: all.")
    private @Nullable List<String> candidates;
    @Option(names = "--sizes", split = ",", description = "Payloads in bytes. Default: 32,4096 or 32,256,4096,65536,1048576.")
    private @Nullable List<Integer> sizes;
    @Option(names = "--report", paramLabel = "DIRECTORY", description = "Where to write the report. Default: slipring-bench-<time> here.")
    private @Nullable Path folder;
    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the summary as JSON as well.")
    private @Nullable Path json;
    @Option(names = "--directory", defaultValue = "/dev/shm", description = "Where the regions and files to measure lie.")
    private Path directory = Path.of("/dev/shm");

    BenchCommand(List<String> arguments) {
        this.arguments = arguments;
    }

    /** What {@code --json} writes: the summary, and what is needed to judge it. */
    record Facts(String command, String started, Hardware hardware, List<String> workerFlags, Settings settings, String verdict,
                 List<Summary.Row> results, List<Absence> absences, Crossover crossover) {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = command.commandLine().getOut();
        var target = folder != null ? folder
            : Path.of("slipring-bench-" + LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
        Files.createDirectories(target); // fails now, not after a quarter of an hour
        var measurement = new Measurement(settings(), Pinning.choose(List.of()), directory, Main.commandLine(arguments));
        out.println(measurement.hardware().line());
        out.flush();
        Report report;
        try (var bar = new ProgressBarBuilder().setTaskName("bench").setInitialMax(measurement.steps()).showSpeed()
            .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500).build()) {
            report = measurement.run((_, mode, size) -> bar.setExtraMessage(" " + mode.title() + " " + size + " B done"), bar::step);
        }
        var summary = Summary.of(report);
        out.println(summary.table());
        report.absences().stream().map(Absence::line).distinct().forEach(out::println);
        if (!report.crossover().isEmpty()) {
            out.println("\n" + report.crossover().table());
        }
        report.write(target.resolve("facts.json"));
        report.writeHistograms(target.resolve("latencies"));
        new Page(report, summary).write(target.resolve("index.html"));
        out.println("Report: " + target.resolve("index.html").toAbsolutePath().normalize());
        out.flush();
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), new Facts(report.command(),
                report.started(), report.hardware(), report.workerFlags(), report.settings(), summary.verdict(), summary.rows(),
                report.absences(), report.crossover()));
        }
        return report.series().isEmpty() ? 1 : 0;
    }

    private Settings settings() {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command.commandLine(), "--directory: there is no directory " + directory);
        }
        var names = candidates == null ? Candidates.ALL.stream().map(Candidate::name).toList() : candidates;
        try {
            return new Settings(names, List.of(), List.of(Mode.ROUND_TRIP, Mode.FLOOD), sizes != null ? sizes : quick ? QUICK_SIZES : SIZES,
                quick ? 3 : 7, quick ? 2 : 4, quick ? 0.15 : 0.5, 0, 1, 1 << 20, Reading.WHOLE, 100_000, 64,
                directory.toAbsolutePath().toString(), List.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}

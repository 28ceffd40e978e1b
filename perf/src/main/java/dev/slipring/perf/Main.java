package dev.slipring.perf;

import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures rings between two processes; {@code jmh …} as the first argument runs the benchmarks within one process instead. */
@Command(name = "perf", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true,
    description = {"Measures candidates between pairs of processes, in interleaved rounds.",
        "With \"jmh\" as the first argument: the benchmarks within one process (jmh -h says how)."})
public final class Main implements Callable<Integer> {
    private static final int QUOTABLE_ROUNDS = 5;

    @Spec
    private CommandSpec command = CommandSpec.create();
    private List<String> arguments = List.of();

    @Option(names = "--mode", split = ",", defaultValue = "round-trip,flood,fixed-rate", description = "Loops: ${DEFAULT-VALUE}.",
        showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private List<String> modes = List.of();
    @Option(names = "--candidates", split = ",", description = "What to compare, in this order. Default: all.")
    private @Nullable List<String> candidates;
    @Option(names = "--peer", split = ",", defaultValue = "agrona-onetoone,aeron-ipc,floor",
        description = "Whom the others are compared with.")
    private List<String> peers = List.of();
    @Option(names = "--sizes", split = ",", defaultValue = "32,256,4096", description = "Payloads in bytes, multiples of 8.")
    private List<Integer> sizes = List.of();
    @Option(names = "--rounds", defaultValue = "7", description = "Counted rounds.")
    private int rounds;
    @Option(names = "--warmup", defaultValue = "5", description = "Rounds before them.")
    private int warmups;
    @Option(names = "--seconds", defaultValue = "1", description = "Length of a round, roughly.")
    private double seconds;
    @Option(names = "--messages", defaultValue = "0", description = "Messages per round instead; 0: by --seconds.")
    private long messages;
    @Option(names = "--forks", defaultValue = "1", description = "Sets of JVMs, one after the other, each with all rounds.")
    private int forks;
    @Option(names = "--capacity", defaultValue = "1048576",
        description = "Of every ring, in bytes: a power of two; 16 messages if that is more.")
    private int capacity;
    @Option(names = "--read", defaultValue = "whole", description = "What receivers read of a message: whole, first (word), or "
        + "passing: the first word, and senders write no more.")
    private String reading = "";
    @Option(names = "--rate", defaultValue = "100000", description = "Of fixed-rate, messages per second; less for large messages.")
    private long rate;
    @Option(names = "--poll-limit", defaultValue = "64", description = "Messages per poll in flood and fixed-rate.")
    private int pollLimit;
    @Option(names = "--cpus", split = ",", description = "Two processors to pin to. Default: two cores, if there are.")
    private @Nullable List<Integer> cpus;
    @Option(names = "--directory", defaultValue = "/dev/shm", description = "Where the run makes its own directory.")
    private Path directory = Path.of("/dev/shm");
    @Option(names = "--jvm-flag", description = "For every worker JVM; repeatable.")
    private @Nullable List<String> jvmFlags;
    @Option(names = "--hgrm", paramLabel = "DIRECTORY", description = "Where to write the latencies of each series, for plotters.")
    private @Nullable Path histograms;
    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the raw facts.")
    private @Nullable Path json;

    /** Runs the rig, or JMH. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        var main = new Main();
        main.arguments = List.of(args);
        System.exit(new CommandLine(main).addSubcommand(new BenchCommand(main.arguments))
            .addSubcommand(new LookCommand(main.arguments)).setExecutionExceptionHandler((e, line, _) -> {
            line.getErr().println("perf: " + (e.getMessage() == null ? e : e.getMessage()));
            return line.getCommandSpec().exitCodeOnExecutionException();
        }).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var out = command.commandLine().getOut();
        var measurement = new Measurement(settings(), Pinning.choose(cpus == null ? List.of() : cpus), directory, commandLine(arguments));
        out.println(measurement.hardware().line());
        out.println(measurement.command() + "\n");
        out.flush();
        var report = measurement.run((outcome, mode, size) -> {
            out.println(Table.of(outcome, mode, size, peers));
            out.flush();
        }, () -> { });
        out.println("* elapsed time by number of round trips, the clock not being read in between; percentiles include one reading of it");
        out.println("Ratios are made round by round; the median of them is shown, then the least and the greatest.");
        if (rounds * forks < QUOTABLE_ROUNDS) {
            out.println("Fewer than " + QUOTABLE_ROUNDS + " rounds: nothing to quote.");
        }
        if (!report.crossover().isEmpty()) {
            out.println(report.crossover().table());
        }
        out.flush();
        if (json != null) {
            report.write(json);
        }
        if (histograms != null) {
            report.writeHistograms(histograms);
        }
        return report.series().isEmpty() ? 1 : 0;
    }

    static String commandLine(List<String> arguments) {
        return String.join(" ", Stream.concat(Stream.of("perf"), arguments.stream()).toList());
    }

    private Settings settings() {
        if (cpus != null && cpus.size() != 2) {
            throw new ParameterException(command.commandLine(), "--cpus: two are needed, found " + cpus);
        }
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command.commandLine(), "--directory: there is no directory " + directory);
        }
        try {
            var names = candidates == null ? Candidates.ALL.stream().map(Candidate::name).toList() : candidates;
            return new Settings(names, peers, modes.stream().map(each -> constant(Mode.class, each)).toList(), sizes, rounds, warmups,
                seconds, messages, forks, capacity, constant(Reading.class, reading), rate, pollLimit,
                directory.toAbsolutePath().toString(), jvmFlags == null ? List.of() : jvmFlags);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        for (var each : type.getEnumConstants()) {
            if (each.name().replace('_', '-').toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("\"" + name + "\" is none of "
            + Arrays.toString(type.getEnumConstants()).replace('_', '-').toLowerCase(Locale.ROOT));
    }
}

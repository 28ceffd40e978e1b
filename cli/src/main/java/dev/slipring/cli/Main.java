package dev.slipring.cli;

import dev.slipring.core.RegionNotFound;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Main class of the cli's jar; what the script {@code slipring} starts for all verbs but {@code demo} and {@code bench}. */
@Command(name = "slipring", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Broker-less shared-memory messaging for the JVM: looking into regions from outside.",
    subcommands = {LsCommand.class, InspectCommand.class, TopCommand.class, MetricsCommand.class, TailCommand.class, HzCommand.class,
        SlotCommand.class, RecordCommand.class, ReplayCommand.class, CleanCommand.class, DoctorCommand.class, SizeCommand.class,
        CompletionCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec command = CommandSpec.create();

    /** Runs a verb; {@link ExitCode} says how it ends. */
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), new PrintWriter(System.err, true,
            StandardCharsets.UTF_8), arguments));
    }

    /** Runs a verb; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine().setOut(out).setErr(err).execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true)
            .setExitCodeExceptionMapper(ExitCode::of)
            .setExecutionExceptionHandler((e, verb, _) -> {
                verb.getErr().println("slipring: " + (e.getMessage() == null ? e : e.getMessage())
                    + (e instanceof RegionNotFound ? OtherDirectories.hint() : ""));
                return ExitCode.of(e);
            });
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "which verb?");
    }
}

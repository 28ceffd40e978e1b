package dev.slipring.perf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a producer pays for being looked at. */
@Command(name = "look", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true,
    description = "Measures what a producer pays for somebody who looks into its ring from another process, as slipring tail, hz, inspect "
        + "and top do, in interleaved rounds.")
final class LookCommand implements Callable<Integer> {
    private final List<String> arguments;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--rounds", defaultValue = "7", description = "Counted rounds.")
    private int rounds;
    @Option(names = "--warmup", defaultValue = "3", description = "Rounds before them.")
    private int warmups;
    @Option(names = "--seconds", defaultValue = "0.6", description = "Length of a round.")
    private double seconds;
    @Option(names = "--directory", defaultValue = "/dev/shm", description = "Where the run makes its own directory.")
    private Path directory = Path.of("/dev/shm");

    LookCommand(List<String> arguments) {
        this.arguments = arguments;
    }

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || warmups < 0 || !(seconds > 0 && seconds <= 60)) {
            throw new ParameterException(command.commandLine(), "at least one round of 0…60 seconds is needed");
        }
        var out = command.commandLine().getOut();
        var pinning = Pinning.choose(List.of());
        out.println(Hardware.here(pinning).line());
        out.println(Main.commandLine(arguments) + "\n");
        out.flush();
        var cost = new LookCost(rounds, warmups, seconds);
        cost.run(directory, pinning);
        out.println(cost.table());
        out.flush();
        return 0;
    }
}

package dev.slipring.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script for bash and zsh. */
@Command(name = "completion", mixinStandardHelpOptions = true,
    description = "Prints a completion script for bash and zsh: source <(slipring completion)")
final class CompletionCommand implements Callable<Integer> {
    /** What the script {@code slipring} starts elsewhere; completed only. */
    private static final Map<String, List<String>> ELSEWHERE = Map.of(
        "demo", List.of("--rate", "--trades", "--warm-up", "--slow-recorder", "--kill-feed", "--transport", "--json", "--keep"),
        "bench", List.of("--quick", "--candidates", "--sizes", "--report", "--json", "--directory"));

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var all = Main.commandLine();
        ELSEWHERE.forEach((name, options) -> {
            var verb = CommandSpec.create();
            options.forEach(option -> verb.addOption(OptionSpec.builder(option).type(String.class).build()));
            all.addSubcommand(name, new CommandLine(verb));
        });
        command.commandLine().getOut().println(AutoComplete.bash("slipring", all));
        command.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}

package dev.slipring.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
    /**
     * What the script {@code slipring} starts elsewhere; completed only. A line for each command: its words, then its
     * options; those that end in {@code =} want a value.
     */
    private static final String ELSEWHERE = "elsewhere.txt";

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var all = Main.commandLine();
        elsewhere().forEach(line -> addTo(all, line.split(" ", -1)));
        command.commandLine().getOut().println(AutoComplete.bash("slipring", all));
        command.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static List<String> elsewhere() throws IOException {
        try (var lines = Objects.requireNonNull(CompletionCommand.class.getResourceAsStream(ELSEWHERE), ELSEWHERE)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** A command comes before those within it. */
    private static void addTo(CommandLine all, String[] words) {
        var parent = all;
        var verb = CommandSpec.create();
        String name = words[0];
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            if (word.startsWith("-")) {
                boolean wantsValue = word.endsWith("=");
                verb.addOption(OptionSpec.builder(word.replace("=", "")).arity(wantsValue ? "1" : "0")
                    .type(wantsValue ? String.class : boolean.class).build());
            } else {
                parent = Objects.requireNonNull(parent.getSubcommands().get(name), name);
                name = word;
            }
        }
        parent.addSubcommand(name, new CommandLine(verb));
    }
}

package dev.slipring.cli;

import dev.slipring.cli.text.Output;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every verb has. */
final class Common {
    private static final int LEAST_COLUMNS = 40;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb = CommandSpec.create();

    @Option(names = "--json", description = "Print the same as JSON.")
    private boolean json;
    @Option(names = "--dir", paramLabel = "DIRECTORY",
        description = "Where the regions lie. Default: SLIPRING_DIR, else /dev/shm/slipring-<user id>.")
    private @Nullable Path directory;

    /** Where to look. */
    Regions regions() {
        return new Regions(directory == null ? RegionDirectory.standard() : new RegionDirectory(directory));
    }

    /** Where to print. Colours are for a terminal, and for those who have not said NO_COLOR. */
    Output output() {
        return new Output(verb.commandLine().getOut(), json, Ansi.AUTO, columns());
    }

    boolean isJson() {
        return json;
    }

    /** How many characters a line may have: the terminal's width, which the script {@code slipring} says in COLUMNS; else no limit. */
    private static int columns() {
        try {
            return Math.max(LEAST_COLUMNS, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}

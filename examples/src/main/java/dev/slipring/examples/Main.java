package dev.slipring.examples;

import dev.slipring.examples.trading.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main class of the examples' jar; what the script {@code slipring} starts. */
@Command(name = "slipring", subcommands = DemoCommand.class, mixinStandardHelpOptions = true,
    description = "Broker-less shared-memory messaging for the JVM.")
public final class Main {
    private Main() {
    }

    /** Runs a command; exit code 2 when there is no such. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}

package dev.slipring.cli;

import dev.slipring.codec.TradingSchema;
import dev.slipring.core.Schema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How messages and values are to be read. */
final class PayloadOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb = CommandSpec.create();

    @Option(names = "--hex", description = "Print the bytes as they are.")
    private boolean hex;
    @Option(names = "--schema", paramLabel = "FILE",
        description = "The SBE schema of the messages, as XML or as IR (.sbeir). Default: the trading messages, if the region names them.")
    private @Nullable Path file;

    /** @param schema what the region says */
    Payload payload(Schema schema) {
        if (hex) {
            return Payload.HEX;
        }
        if (file != null) {
            return SbeSchema.load(file);
        }
        if (schema.id() == TradingSchema.ID) {
            return SbeSchema.trading();
        }
        verb.commandLine().getErr().println("slipring: " + (schema.id() == 0 ? "the region names no schema" : schema + " is not known here")
            + ": printed as hex; --schema says what the messages are");
        return Payload.HEX;
    }
}

package dev.slipring.cli;

import dev.slipring.ring.JoinAt;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where in a ring to begin. */
final class FromOption {
    @Option(names = "--from", paramLabel = "oldest|latest|SEQUENCE", defaultValue = "oldest",
        description = "Where to begin: with the oldest message there is (default), with the next one to come, or with that of this number, "
            + "counted from 0.")
    private String from = "oldest";

    JoinAt where() {
        return switch (from.toLowerCase(Locale.ROOT)) {
            case "oldest" -> JoinAt.oldest();
            case "latest" -> JoinAt.latest();
            default -> JoinAt.sequence(sequence());
        };
    }

    private long sequence() {
        try {
            return Long.parseLong(from);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--from=" + from + " is none of oldest, latest, or a sequence", e);
        }
    }
}

package dev.slipring.examples.demo;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a demo's facts and pictures go. */
public final class Output {
    private Output() {
    }

    /** Better now than after the run. */
    public static void requireWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        var directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
            throw new IllegalArgumentException(option + " " + file
                + " cannot be written: name a file in a directory that exists and is yours");
        }
    }

    /** The facts, as JSON on one line; nothing when there is no file. */
    public static void writeJson(@Nullable Path file, Record facts) throws IOException {
        if (file != null) {
            Files.writeString(file, Json.write(facts) + System.lineSeparator());
        }
    }

    /** Whether standard output is a terminal. */
    public static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}

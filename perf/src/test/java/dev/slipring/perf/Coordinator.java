package dev.slipring.perf;

import dev.slipring.core.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The runnable jar, started as a user would start it. */
final class Coordinator {
    private static final Path JAR = Path.of(System.getProperty("slipring.perf.jar", "target/perf-0.1.0-SNAPSHOT.jar"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Coordinator() {
    }

    /** @param output where its output goes, both streams */
    static Process start(Path output, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m", "-Djmh.ignoreLock=true",
            "-jar", JAR.toString())); // the lock: somebody else on this machine may run JMH, and nobody here looks at the numbers
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** What the runs of this test have left of message queues, as far as this machine shows them. */
    static List<Path> queues() {
        var all = Path.of("/dev/mqueue");
        return Files.isDirectory(all) ? filesIn(all).stream().filter(each -> each.toString().contains("slipring-perf")).toList()
            : List.of();
    }

    /** @param log what to show when it takes too long */
    static void await(String what, Path log, BooleanSupplier condition) throws IOException {
        try {
            Await.until(what, PATIENCE, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; log: " + Files.readString(log), e);
        }
    }

    static List<Path> filesIn(Path directory) {
        try (var all = Files.list(directory)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

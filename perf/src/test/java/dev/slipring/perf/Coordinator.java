package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The runnable jar, started as a user would start it. */
final class Coordinator {
    private static final Path JAR = Path.of(System.getProperty("slipring.perf.jar", "target/perf-0.1.0-SNAPSHOT.jar"));
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private Coordinator() {
    }

    /** @param output where its output goes, both streams */
    static Process start(Path output, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m", "-Djmh.ignoreLock=true",
            "-jar", JAR.toString())); // the lock: somebody else on this machine may run JMH, and nobody here looks at the numbers
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** A directory in shared memory where there is such a thing, so that rings lie where they usually do. */
    static Path sharedDirectory() throws IOException {
        var shared = Path.of("/dev/shm");
        return Files.isWritable(shared) ? Files.createTempDirectory(shared, "slipring-perf-it-")
            : Files.createTempDirectory("slipring-perf-it-");
    }

    /** What the runs of this test have left of message queues, as far as this machine shows them. */
    static List<Path> queues() throws IOException {
        var all = Path.of("/dev/mqueue");
        return Files.isDirectory(all) ? filesIn(all).stream().filter(each -> each.toString().contains("slipring-perf")).toList()
            : List.of();
    }

    /** @param log what to show when it takes too long */
    static void await(Path log, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (!condition.call()) {
            assertThat(System.nanoTime() - deadline).as("in time; log: %s", Files.readString(log)).isNegative();
            Thread.sleep(10);
        }
    }

    static List<Path> filesIn(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.toList();
        }
    }
}

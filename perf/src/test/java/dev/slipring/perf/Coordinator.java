package dev.slipring.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runnable jar, started as a user would start it. */
final class Coordinator {
    private static final Path JAR = Path.of(System.getProperty("slipring.perf.jar", "target/perf-0.1.0-SNAPSHOT.jar"));

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

    static List<Path> filesIn(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.toList();
        }
    }
}

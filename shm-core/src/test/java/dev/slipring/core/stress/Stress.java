package dev.slipring.core.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * A run of jcstress, which starts a JVM of its own for each test.
 *
 * @param directory empty; regions, output and results lie there
 * @param time      of one iteration of one test
 * @param thorough  whether all compilers are combined with each other, and more than one iteration is run
 * @param limit     of the whole run
 */
record Stress(Path directory, Duration time, boolean thorough, Duration limit) {
    private static final Duration OVERHEAD_OF_A_TEST = Duration.ofSeconds(20);
    private static final int COMBINATIONS = 16;
    private static final int ITERATIONS = 5;

    /** A run of this many tests. */
    static Stress of(Path directory, Duration time, boolean thorough, int tests) {
        int iterations = thorough ? ITERATIONS * COMBINATIONS : 1;
        return new Stress(directory, time, thorough, time.multipliedBy(iterations).plus(OVERHEAD_OF_A_TEST).multipliedBy(tests));
    }

    /** Runs the tests whose names match; what each of its JVMs saw. */
    Collection<TestResult> run(String tests) throws IOException, InterruptedException, ClassNotFoundException {
        var output = directory.resolve("output").toFile();
        var process = new ProcessBuilder(command(tests)).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output)
            .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("jcstress did not end within " + limit + ":\n" + Files.readString(output.toPath()));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("jcstress ended with " + process.exitValue() + ":\n" + Files.readString(output.toPath()));
        }
        return results();
    }

    private List<String> command(String tests) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var flagsOfTests = "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -D"
            + TrialMemory.DIRECTORY + "=" + directory;
        var command = new ArrayList<>(List.of(java, "-Xmx128m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("-t", tests, "-c", "2", "-af", "NONE", "-f", "1", "-fsm", "1", "-hs", "96", "-pth", "false"));
        command.addAll(List.of("-time", Long.toString(time.toMillis()), "-iters", Integer.toString(thorough ? ITERATIONS : 1)));
        command.addAll(List.of("-sc", Boolean.toString(thorough), "-jvmArgs", flagsOfTests));
        return command;
    }

    private Collection<TestResult> results() throws IOException, ClassNotFoundException {
        try (var files = Files.newDirectoryStream(directory, "jcstress-results-*")) {
            var collector = new InProcessCollector();
            for (var file : files) {
                var reader = new DiskReadCollector(file.toString(), collector);
                reader.dump();
                reader.close();
            }
            return collector.getTestResults();
        }
    }
}

package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code slipring}, as people call it. */
class LauncherIT {
    private static final Path SCRIPT = Path.of("..", "slipring").toAbsolutePath().normalize();

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    @TempDir
    private Path files;

    @Test
    void withoutACommandItSaysWhatThereIs() throws Exception {
        var run = run(files, Map.of(), SCRIPT.toString());
        assertThat(run.exitCode).isZero();
        assertThat(run.output).contains("slipring demo");
    }

    @Test
    void anUnknownCommandIsRefusedInOneLine() throws Exception {
        var run = run(files, Map.of(), SCRIPT.toString(), "nonsense");
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(run.output.lines()).containsExactly("slipring: no command \"nonsense\": try slipring help");
    }

    @Test
    void itRunsFromAnyDirectoryThroughLinksWithSpacesInThem() throws Exception {
        var elsewhere = Files.createDirectory(files.resolve("some where"));
        Files.createSymbolicLink(elsewhere.resolve("first"), SCRIPT);
        Files.createSymbolicLink(elsewhere.resolve("sec ond"), Path.of("first"));
        var run = run(elsewhere, Map.of("JAVA_HOME", System.getProperty("java.home")), "./sec ond", "demo", "--trades", "100", "--warm-up",
            "0", "--json", "the facts.json");
        assertThat(run.exitCode).as(run.output).isZero();
        assertThat(run.output.lines()).last().asString().startsWith("verdict: PASS 100 trades");
        assertThat(elsewhere.resolve("the facts.json")).content().startsWith("{\"verdict\":\"PASS\"");
        assertThat(shared).isEmptyDirectory();
    }

    @Tag("torture")
    @Test
    void theVideoDemoWritesItsPictureWhereItIsCalled() throws Exception {
        var run = run(files, Map.of("JAVA_HOME", System.getProperty("java.home")), SCRIPT.toString(), "demo", "video", "--size", "320x180",
            "--seconds", "1", "--json", "facts.json");
        assertThat(run.exitCode).as(run.output).isZero();
        assertThat(run.output.lines()).last().asString().startsWith("verdict: PASS 30 frames");
        assertThat(files.resolve("facts.json")).content().startsWith("{\"verdict\":\"PASS\"");
        assertThat(files.resolve("slipring-video.png")).isNotEmptyFile();
        assertThat(shared).isEmptyDirectory();
    }

    private Run run(Path directory, Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command))).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("SLIPRING_DIR", shared.toString());
        var process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private record Run(int exitCode, String output) {
    }
}

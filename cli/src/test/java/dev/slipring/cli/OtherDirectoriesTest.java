package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherDirectoriesTest {
    @TempDir(factory = SharedMemory.class)
    private Path path;

    @BeforeEach
    void makeTheStandardDirectoryOneThatIsNotThere() {
        System.setProperty("slipring.dir", path.resolve("none").toString());
    }

    @AfterEach
    void giveItBack() {
        System.clearProperty("slipring.dir");
    }

    @Test
    void whoLooksWhereNothingIsIsToldWhereADemoRuns() throws IOException {
        var demo = Files.createDirectory(path.resolve("none-demo-7"));
        Files.createDirectory(path.resolve("nonesuch"));
        var run = Slipring.run("ls");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains("no directory " + path.resolve("none"))
            .endsWith("; a demo has one of its own: --dir " + demo + "\n");
    }

    @Test
    void orWhyThatMayBe() {
        assertThat(Slipring.run("ls").err()).endsWith("; in a container: is that directory shared (docs/operations.md)?\n");
    }
}

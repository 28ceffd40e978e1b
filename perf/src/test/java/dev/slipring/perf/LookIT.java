package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what is measured is what is said: somebody looks, and it is told beside nobody. */
class LookIT {
    @TempDir
    private Path output;
    @TempDir(factory = SharedMemory.class)
    private Path shared;

    @Test
    void whoLooksDoesSoAndNothingIsLeft() throws Exception {
        var log = output.resolve("log");
        var run = Coordinator.start(log, "look", "--rounds", "1", "--warmup", "0", "--seconds", "0.1", "--directory", shared.toString());
        Coordinator.await("the run has ended", log, () -> !run.isAlive());
        var lines = Files.readAllLines(log);
        assertThat(run.exitValue()).as("%s", lines).isZero();
        for (var how : Looker.How.values()) {
            assertThat(lines.stream().filter(line -> line.matches(".* " + how.title() + " +[0-9.]+ +[0-9.]+ +[0-9.]+.*")))
                .as("%s: a line for each figure and kind, in %s", how, lines).hasSize(LookCost.KINDS.size() * LookCost.FIGURES.size());
        }
        assertThat(lines.stream().filter(line -> line.matches(" +(tail|spinning): [1-9]\\d* messages read or missed in all rounds")))
            .as("%s", lines).hasSize(4);
        assertThat(lines.stream().filter(line -> line.matches(" +inspect: [1-9]\\d* looks in all rounds"))).hasSize(2);
        assertThat(shared).isEmptyDirectory();
    }
}

package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends the coordinator, and however: no process and no file is left. */
class NoOrphanIT {
    @TempDir
    private Path output;
    @TempDir(factory = SharedMemory.class)
    private Path shared;

    @AfterEach
    void nothingIsLeft() {
        assertThat(shared).isEmptyDirectory();
    }

    @Tag("torture")
    @Test
    void anInterruptedRunEndsItsWorkersAndRemovesItsFiles() throws Exception {
        nothingIsLeftAfter("-TERM"); // handled as SIGINT is, which a shell may have told its children to ignore
    }

    @Tag("torture")
    @Test
    void aKilledCoordinatorsWorkersEndAndRemoveItsFiles() throws Exception {
        nothingIsLeftAfter("-KILL");
    }

    private void nothingIsLeftAfter(String signal) throws Exception {
        // rounds of minutes: what ends within the test was ended by it
        var coordinator = Coordinator.start(output.resolve("log"), "--mode", "round-trip", "--candidates", "mq,spsc,aeron-ipc,fifo",
            "--sizes", "32", "--messages", "1000000000", "--directory", shared.toString());
        try {
            await("all workers have their files", () -> workers(coordinator).size() == 8 && filesIn(shared) >= 8);
            var workers = workers(coordinator);
            await("one of them is busy", () -> workers.stream().anyMatch(NoOrphanIT::isBusy));
            new ProcessBuilder("kill", signal, "" + coordinator.pid()).start().waitFor();
            await("all processes have ended", () -> !coordinator.isAlive() && workers.stream().noneMatch(ProcessHandle::isAlive));
            await("no file is left", () -> Coordinator.filesIn(shared).isEmpty());
            assertThat(Coordinator.queues()).isEmpty();
        } finally {
            coordinator.destroyForcibly();
        }
    }

    private static List<ProcessHandle> workers(Process coordinator) {
        return coordinator.descendants().toList();
    }

    private static long filesIn(Path directory) {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It spins: it has used more processor time than starting takes. */
    private static boolean isBusy(ProcessHandle worker) {
        return worker.info().totalCpuDuration().map(used -> used.toMillis() > 1_500).orElse(false);
    }

    private void await(String what, BooleanSupplier condition) throws IOException {
        Coordinator.await(what, output.resolve("log"), condition);
    }
}

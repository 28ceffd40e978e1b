package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends the coordinator, and however: no process and no file is left. */
class NoOrphanIT {
    @TempDir
    private Path output;
    private Path shared = Path.of("/dev/shm");

    @BeforeEach
    void makeDirectory() throws Exception {
        shared = Coordinator.sharedDirectory();
    }

    @AfterEach
    void removeDirectory() throws Exception {
        Files.delete(shared); // fails unless it is empty
    }

    @Tag("torture")
    @Test
    void anInterruptedRunEndsItsWorkersAndRemovesItsFiles() throws Exception {
        nothingIsLeftAfter("-TERM"); // handled as SIGINT is, which a shell may have told its children to ignore
    }

    @Test
    void aKilledCoordinatorsWorkersEndAndRemoveItsFiles() throws Exception {
        nothingIsLeftAfter("-KILL");
    }

    private void nothingIsLeftAfter(String signal) throws Exception {
        // rounds of minutes: what ends within the test was ended by it
        var coordinator = Coordinator.start(output.resolve("log"), "--mode", "round-trip", "--candidates", "mq,spsc,aeron-ipc,fifo",
            "--sizes", "32", "--messages", "1000000000", "--directory", shared.toString());
        try {
            await(() -> workers(coordinator).size() == 8 && filesIn(shared) >= 8);
            var workers = workers(coordinator);
            await(() -> workers.stream().anyMatch(NoOrphanIT::isBusy));
            new ProcessBuilder("kill", signal, "" + coordinator.pid()).start().waitFor();
            await(() -> !coordinator.isAlive() && workers.stream().noneMatch(ProcessHandle::isAlive));
            await(() -> Coordinator.filesIn(shared).isEmpty());
            assertThat(Coordinator.queues()).isEmpty();
        } finally {
            coordinator.destroyForcibly();
        }
    }

    private static List<ProcessHandle> workers(Process coordinator) {
        return coordinator.descendants().toList();
    }

    private static long filesIn(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    /** It spins: it has used more processor time than starting takes. */
    private static boolean isBusy(ProcessHandle worker) {
        return worker.info().totalCpuDuration().map(used -> used.toMillis() > 1_500).orElse(false);
    }

    private void await(Callable<Boolean> condition) throws Exception {
        Coordinator.await(output.resolve("log"), condition);
    }
}

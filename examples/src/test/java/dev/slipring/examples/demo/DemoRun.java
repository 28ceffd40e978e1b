package dev.slipring.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.examples.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of a demo, in real processes, as people start it; with a directory for what it shares that nobody else uses. */
public final class DemoRun implements AutoCloseable {
    /** Those that end a run in order. */
    public enum Signal {
        /** Of a terminal, at Ctrl-C. */
        INT(130),
        /** Of {@code kill}. */
        TERM(143);

        private final int exitCode;

        Signal(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Path shared;
    private final JavaProcess coordinator;
    private final List<ProcessHandle> children = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param arguments behind {@code slipring demo}
     */
    public DemoRun(Path shared, String... arguments) {
        this(List.of(), shared, arguments);
    }

    /** Starts it by way of another command. */
    public DemoRun(List<String> through, Path shared, String... arguments) {
        this.shared = shared;
        var before = new ArrayList<>(through);
        before.addAll(List.of("env", "SLIPRING_DIR=" + shared));
        var all = new ArrayList<>(List.of("demo"));
        all.addAll(List.of(arguments));
        coordinator = JavaProcess.start(before, Main.class, all.toArray(String[]::new));
    }

    /** Waits for its end; returns its exit code. */
    public int awaitExit() {
        return coordinator.awaitExit();
    }

    /** Waits until it begins to start the processes. */
    public void awaitStart() {
        Await.until("it starts", () -> coordinator.everything().stream().anyMatch(line -> line.startsWith("Starting ")));
    }

    /** Waits until the processes have been told to go. */
    public void awaitFlow(int processes) {
        Await.until("something is sent", () -> coordinator.everything().stream().anyMatch(line -> line.startsWith("Sending ")));
        ProcessHandle.of(coordinator.pid()).stream().flatMap(ProcessHandle::children).forEach(children::add);
        assertThat(children).hasSize(processes);
    }

    /** Kills the process with this role. */
    public void kill(Enum<?> role) {
        children.stream().filter(child -> child.info().arguments().stream().flatMap(Arrays::stream).anyMatch(role.name()::equals))
            .findFirst().orElseThrow().destroyForcibly();
    }

    /** Waits until it says that a part of it is done. */
    public void awaitProgress() {
        Await.until("something went through", () -> coordinator.everything().stream().anyMatch(line -> line.matches(" +[0-9,]+ of .*")));
    }

    /**
     * Sends a signal, which must end it in order, with the signal's exit code and nothing left: SIGTERM to the coordinator, SIGINT to all
     * processes, as a terminal does at Ctrl-C.
     */
    public void endBy(Signal signal) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(coordinator.pid())));
        if (signal == Signal.INT) {
            ProcessHandle.of(coordinator.pid()).stream().flatMap(ProcessHandle::descendants)
                .forEach(process -> command.add(Long.toString(process.pid())));
        }
        assertThat(new ProcessBuilder(command).start().waitFor()).as("%s", command).isZero();
        assertThat(awaitExit()).as("%s", everything()).isEqualTo(signal.exitCode);
        assertNothingIsLeft();
    }

    /** Kills the coordinator. */
    public void killCoordinator() {
        coordinator.kill();
    }

    /** Everything it said, for a failing test. */
    public String everything() {
        return String.join("\n", coordinator.everything());
    }

    /** The last line; all it said before has been taken in as well. */
    public String verdict() {
        Await.until("there is a verdict", () -> coordinator.everything().stream().anyMatch(line -> line.startsWith("verdict: ")));
        return coordinator.everything().stream().filter(line -> line.startsWith("verdict: ")).findFirst().orElseThrow();
    }

    /** All processes and all they shared are gone, or will be. */
    public void assertNothingIsLeft() {
        Await.until("all processes are gone", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        Await.until("all files are gone", this::isEmpty);
    }

    /** What it wrote as JSON. */
    public static JsonNode read(Path json) throws IOException {
        return new ObjectMapper().readTree(json.toFile());
    }

    /** Ends what is left. */
    @Override
    public void close() {
        coordinator.close();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean isEmpty() {
        try (var entries = Files.list(shared)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

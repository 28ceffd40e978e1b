package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The coordinator's hold on one {@link Worker}. What the worker says goes, with the end it comes from, to the pair's queue. */
final class WorkerProcess {
    private static final List<String> FLAGS = List.of(
        "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
        "-Xms64m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:-UsePerfData");
    private static final long PATIENCE_S = 5;

    private final Process process;
    private final Writer orders;

    /** One line of a worker, or the news that it ended. */
    record Said(Mode.End end, String line) {
    }

    private WorkerProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** @param pin what stands before {@code java} to keep it on one processor; may be empty */
    static WorkerProcess start(WorkerSetup setup, List<String> pin, List<String> moreFlags, BlockingQueue<Said> said) throws IOException {
        var worker = new WorkerProcess(launch(Worker.class, pin, moreFlags));
        Thread.ofPlatform().name(setup.candidate() + " " + setup.end()).daemon().start(() -> worker.listen(setup.end(), said));
        worker.order(Worker.line(setup));
        return worker;
    }

    /** Starts a JVM as all that are measured are started. */
    static Process launch(Class<?> main, List<String> pin, List<String> moreFlags, String... arguments) throws IOException {
        var command = new ArrayList<>(pin);
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(FLAGS);
        command.addAll(moreFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }

    static List<String> flags() {
        return FLAGS;
    }

    void order(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
    }

    private void listen(Mode.End end, BlockingQueue<Said> said) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(new Said(end, line));
            }
        } catch (IOException e) {
            // as good as the end
        }
        said.add(new Said(end, Worker.FAILED + "its process ended"));
    }

    /** Asks it to end, and ends it when it does not. */
    void quit() {
        try {
            order(Worker.QUIT);
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

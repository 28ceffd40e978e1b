package dev.slipring.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One process of a {@link Crew}, as the coordinator sees it.
 *
 * @param <R> the crew's roles
 */
final class Child<R> {
    /** C1 only: in a run of seconds on two processors, C2's compiling takes more from the flow than its code gives back. */
    private static final List<String> JVM_FLAGS = List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-Xms64m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
    private static final long LONG_S = 10;

    private final R role;
    private final Process process;

    /** What a process says, or how it ended. */
    sealed interface Event<R> {
        /** Who. */
        R role();

        /** A line of its standard output: a word, and the rest. */
        record Said<R>(R role, String word, String rest) implements Event<R> {
        }

        /** Its end, after all it said. */
        record Ended<R>(R role, int exitCode) implements Event<R> {
        }
    }

    private Child(R role, Process process) {
        this.role = role;
        this.process = process;
    }

    static <R> Child<R> start(R role, Class<?> main, List<String> arguments, Consumer<Event<R>> events) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var child = new Child<>(role, process);
        Thread.ofPlatform().daemon().name(role + "-output").start(() -> child.pump(events));
        return child;
    }

    /** Lets it begin with what is measured. */
    void go() {
        tell("");
    }

    private void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            return; // it has ended, which is an event of its own
        }
    }

    /** Asks it to end in order. */
    void stop() {
        tell(Lifeline.STOP);
    }

    /** Kills it, and returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG_S);
        while (process.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                process.waitFor(LONG_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Consumer<Event<R>> events) {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int space = line.indexOf(' ');
                events.accept(space < 0 ? new Event.Said<>(role, line, "")
                    : new Event.Said<>(role, line.substring(0, space), line.substring(space + 1)));
            }
        } catch (IOException e) {
            events.accept(new Event.Said<>(role, "error", "its output cannot be read: " + e.getMessage()));
        }
        try {
            events.accept(new Event.Ended<>(role, process.waitFor()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        }
    }
}

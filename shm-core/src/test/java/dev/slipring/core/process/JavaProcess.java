package dev.slipring.core.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM that runs a main class of the tests' class path, to be stopped, resumed and killed. It has the flags that Slipring needs and
 * a small heap: the kernel lets a killed process's locks go only after its memory.
 *
 * <p>A main class should end in {@link #awaitParent()}, so that it does not outlive the JVM that started it. {@link #close} kills it.
 */
public final class JavaProcess implements AutoCloseable {
    /** The program that is started. */
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final List<String> FLAGS = List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-Xmx32m", "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData"); // its file is locked when another process has the same id in another namespace

    private final Process process;
    private final String name;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<String> everything = new ConcurrentLinkedQueue<>();

    private JavaProcess(Process process, String name) {
        this.process = process;
        this.name = name;
        pump(process.getInputStream(), true);
        pump(process.getErrorStream(), false);
    }

    /** Starts a main class. */
    public static JavaProcess start(Class<?> main, String... arguments) {
        return start(List.of(), main, arguments);
    }

    /** Starts a main class by way of another command, such as {@code unshare}, which must end in executing the rest of its arguments. */
    public static JavaProcess start(List<String> through, Class<?> main, String... arguments) {
        return start(through, System.getProperty("java.class.path"), main, arguments);
    }

    /** Starts a main class of another class path. */
    public static JavaProcess start(List<String> through, String classPath, Class<?> main, String... arguments) {
        var command = new ArrayList<>(through);
        command.add(JAVA);
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return start(command, main.getSimpleName());
    }

    /** Starts a program that is no JVM, to be treated in the same way. */
    public static JavaProcess program(Path program, String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return start(command, String.valueOf(program.getFileName()));
    }

    private static JavaProcess start(List<String> command, String name) {
        try {
            return new JavaProcess(new ProcessBuilder(command).start(), name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** For the main class: returns when the JVM that started it has gone, or has asked for the end with {@link #end}. */
    public static void awaitParent() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its process id, here. */
    public long pid() {
        return handle().pid();
    }

    /** True while it runs or is stopped. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The next line of its standard output; fails when none comes before {@link Await#LONG} or its end. */
    public String readLine() {
        return readLine(Await.LONG);
    }

    /** The next line of its standard output; fails when none comes before the timeout or its end. */
    public String readLine(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                boolean ended = !process.isAlive();
                var line = lines.poll(ended ? 200 : 20, TimeUnit.MILLISECONDS);
                if (line != null) {
                    return line;
                }
                if (ended || System.nanoTime() - deadline > 0) {
                    throw new AssertionError(name + (ended ? " ended with " + process.exitValue() : " said nothing for " + timeout)
                        + "; all it ever said:\n" + String.join("\n", everything));
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    /** Reads lines up to and including this one. */
    public void awaitLine(String expected) {
        String line;
        do {
            line = readLine();
        } while (!line.equals(expected));
    }

    /** SIGSTOP; returns when all of it stands still. */
    public void stop() {
        signal("STOP");
        Await.until(name + " stands still", this::standsStill);
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** SIGINT, as from a keyboard. */
    public void interrupt() {
        signal("INT");
    }

    /** SIGKILL; returns when the kernel has reaped it. */
    public void kill() {
        handle().destroyForcibly();
        process.destroyForcibly();
        awaitExit();
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its standard input, for which {@link #awaitParent} waits; returns its exit status. */
    public int end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return awaitExit();
    }

    /** Waits for its end, and returns its exit status. */
    public int awaitExit() {
        try {
            if (!process.waitFor(Await.LONG.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + Await.LONG + "; all it ever said:\n"
                    + String.join("\n", everything));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    /** All it said so far, on both streams. */
    public List<String> everything() {
        return List.copyOf(everything);
    }

    /** Kills it, stopped or not. */
    @Override
    public void close() {
        kill();
    }

    /** The JVM itself, which may have children of its own; what it was started through may still be there, waiting for it. */
    private ProcessHandle handle() {
        var handle = process.toHandle();
        while (!handle.info().command().orElse("").endsWith("/java")) {
            var child = handle.children().findFirst();
            if (child.isEmpty()) {
                return handle;
            }
            handle = child.get();
        }
        return handle;
    }

    private void signal(String signal) {
        try {
            int result = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
            if (result != 0) {
                throw new AssertionError("kill -" + signal + " of " + name + " failed with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while signalling " + name, e);
        }
    }

    private boolean standsStill() {
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return threads.allMatch(thread -> state(thread.resolve("stat")) == 'T');
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended", e);
        }
    }

    /** The letter behind the command's name; 'T' for a thread that has just ended. */
    private static char state(Path stat) {
        try {
            String line = Files.readString(stat);
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'T';
        }
    }

    private void pump(InputStream stream, boolean standardOutput) {
        Thread.ofPlatform().daemon().start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    everything.add(line);
                    if (standardOutput) {
                        lines.add(line);
                    }
                }
            } catch (IOException e) {
                everything.add("(" + e.getMessage() + ")"); // the stream goes with the process
            }
        });
    }
}

package dev.slipring.cli;

import dev.slipring.core.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line at a terminal of 24 lines and 80 columns, which {@code script} of util-linux pretends to be. What the terminal was sent
 * is kept, and before and after it how the terminal was set.
 */
final class Keyboard implements AutoCloseable {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private volatile String screen = "";

    private Keyboard(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts the command line with these arguments. */
    static Keyboard start(String... arguments) {
        String command = JAVA + " --add-opens java.base/jdk.internal.misc=ALL-UNNAMED --enable-native-access=ALL-UNNAMED -Xmx64m"
            + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' " + Main.class.getName() + " "
            + String.join(" ", arguments);
        String shell = "stty rows 24 columns 80; echo before=$(stty -g); sh -c 'echo pid=$$; exec \"$@\"' - " + command
            + "; echo exit=$?; echo after=$(stty -g)";
        try {
            var builder = new ProcessBuilder(List.of("script", "--quiet", "--return", "--command", shell, "/dev/null"));
            builder.environment().put("TERM", "xterm-256color");
            builder.environment().remove("NO_COLOR");
            return new Keyboard(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the terminal was sent. */
    String screen() {
        return screen;
    }

    /** Waits until the terminal was sent this, from there on. */
    void await(int from, String text) {
        Await.until("it shows " + text + "; it shows " + screen, () -> screen.indexOf(text, from) >= 0);
    }

    void press(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind {@code name=} in a line. */
    String said(String name) {
        await(0, name + "=");
        int start = screen.indexOf(name + "=") + name.length() + 1;
        Await.until("the line ends", () -> screen.indexOf("\n", start) >= 0);
        return screen.substring(start, screen.indexOf("\n", start)).strip();
    }

    private void read() {
        var buffer = new byte[8192];
        var sent = new StringBuilder();
        try {
            int length;
            while ((length = process.getInputStream().read(buffer)) >= 0) {
                sent.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                screen = sent.toString();
            }
        } catch (IOException e) {
            screen = sent.append('(').append(e.getMessage()).append(')').toString();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

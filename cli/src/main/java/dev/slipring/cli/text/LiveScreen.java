package dev.slipring.cli.text;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;

/**
 * The terminal as a screen that is drawn anew again and again. Each frame is one write, over the one before and without clearing it first,
 * so nothing flickers. However the process ends, but for SIGKILL, the terminal is left as it was found.
 */
public final class LiveScreen implements AutoCloseable {
    /** No key came in time. */
    public static final int TIME_IS_UP = -2;
    /** There will be no key any more: ^C, or the terminal has gone. */
    public static final int ENDED = -1;
    /** The screen has another size. */
    static final int RESIZED = -3;

    private static final long SLICE_MS = 100;
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;
    private static final String HOME = "\u001b[H";
    private static final String END_LINE = "\u001b[K";
    private static final String END_SCREEN = "\u001b[J";
    /** Who knows them shows nothing between the two; others ignore them. */
    private static final String BEGIN_FRAME = "\u001b[?2026h";
    private static final String END_FRAME = "\u001b[?2026l";

    private final Terminal terminal;
    private final ShutdownHooks.Task restorer = this::restore;
    private boolean entered;
    private volatile boolean interrupted;
    private volatile boolean resized;
    private int columns;
    private int rows;

    private LiveScreen() throws IOException {
        ShutdownHooks.add(restorer); // before the terminal adds its own, which closes it: they run in this order
        try {
            terminal = TerminalBuilder.builder().system(true).dumb(false).build();
            measure();
            terminal.handle(Signal.INT, _ -> interrupted = true);
            terminal.handle(Signal.WINCH, _ -> resized = true);
            terminal.handle(Signal.TSTP, Terminal.SignalHandler.SIG_IGN); // a stopped process could not restore it
            terminal.enterRawMode(); // which its close ends
            enter();
        } catch (Throwable e) {
            ShutdownHooks.remove(restorer);
            throw e;
        }
    }

    /** Whether somebody looks at what is printed. */
    @SuppressWarnings("SystemConsoleNull") // it was never null in JDK 22 to 24, and is again in 25 where there is no terminal
    public static boolean isPossible() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    public static LiveScreen open() throws IOException {
        return new LiveScreen();
    }

    public int columns() {
        return columns;
    }

    /** Shows these lines, as far as they go; what does not fit is counted in the last. */
    public void draw(List<String> lines) {
        var frame = new StringBuilder(BEGIN_FRAME).append(HOME);
        int shown = lines.size() <= rows ? lines.size() : rows - 1;
        for (int row = 0; row < shown; row++) {
            frame.append(row == 0 ? "" : "\r\n").append(clipped(lines.get(row))).append(END_LINE);
        }
        if (shown < lines.size()) {
            frame.append("\r\n").append(clipped("… and " + (lines.size() - shown) + " lines more")).append(END_LINE);
        }
        frame.append(END_SCREEN).append(END_FRAME);
        show(frame.toString());
    }

    /** Not when a signal has made another thread restore the terminal. */
    private synchronized void show(String frame) {
        if (entered) {
            terminal.writer().write(frame);
            terminal.flush();
        }
    }

    /** Waits for a key until then, by {@link System#nanoTime}; or returns one of the constants. */
    public int awaitKey(long untilNs) throws IOException {
        NonBlockingReader keys = terminal.reader();
        while (true) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
            if (leftMs <= 0) {
                return TIME_IS_UP;
            }
            int key = keys.read(Math.min(leftMs, SLICE_MS));
            if (interrupted) {
                return ENDED;
            }
            if (key != NonBlockingReader.READ_EXPIRED) {
                return key;
            }
            if (resized) {
                resized = false;
                measure();
                return RESIZED;
            }
        }
    }

    @Override
    public void close() throws IOException {
        restore();
        ShutdownHooks.remove(restorer);
        terminal.close();
    }

    private synchronized void enter() {
        entered = true;
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    private synchronized void restore() {
        if (entered) {
            entered = false;
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
        }
    }

    /** Some terminals do not say. */
    private void measure() {
        var size = terminal.getSize();
        columns = size.getColumns() > 0 ? size.getColumns() : USUAL_COLUMNS;
        rows = size.getRows() > 0 ? size.getRows() : USUAL_ROWS;
    }

    private String clipped(String line) {
        return AttributedString.fromAnsi(line).columnSubSequence(0, columns).toAnsi(terminal);
    }
}

package dev.slipring.examples.demo;

import java.io.PrintStream;

/** Says how far a run is: a bar that grows on a terminal, a few lines elsewhere. */
public final class Progress {
    private static final int WIDTH = 40;
    private static final int LINES = 4;

    private final PrintStream out;
    private final boolean terminal;
    private final long total;
    private final String unit;
    private long lastShown;

    /**
     * Nothing is shown yet.
     *
     * @param terminal whether {@code out} is one, where a line can be written over
     * @param total    how many there will be; 1 or more
     * @param unit     of what
     */
    public Progress(PrintStream out, boolean terminal, long total, String unit) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
        this.unit = unit;
    }

    /** What is being done now. */
    public void stage(String what) {
        out.println(what);
    }

    /** How many went through. */
    public void at(long done) {
        if (terminal) {
            int filled = (int) (done * WIDTH / total);
            out.printf("\r  [%s%s] %,d of %,d %s", "#".repeat(filled), ".".repeat(WIDTH - filled), done, total, unit);
            if (done == total) {
                out.println();
            }
            out.flush();
        } else if (done * LINES / total > lastShown * LINES / total) {
            out.printf("  %,d of %,d %s%n", done, total, unit);
        }
        lastShown = done;
    }

    /** The run has ended, wherever the bar is. */
    public void end() {
        if (terminal && lastShown > 0 && lastShown < total) {
            out.println();
        }
    }
}

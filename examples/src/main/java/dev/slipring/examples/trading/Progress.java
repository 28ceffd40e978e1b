package dev.slipring.examples.trading;

import java.io.PrintStream;

/** Says how far a run is: a bar that grows on a terminal, a few lines elsewhere. */
final class Progress {
    private static final int WIDTH = 40;
    private static final int LINES = 4;

    private final PrintStream out;
    private final boolean terminal;
    private final long total;
    private long lastShown;

    Progress(PrintStream out, boolean terminal, long total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    /** What is being done now. */
    void stage(String what) {
        out.println(what);
    }

    /** How many trades went through. */
    void trades(long done) {
        if (terminal) {
            int filled = (int) (done * WIDTH / total);
            out.printf("\r  [%s%s] %,d of %,d trades", "#".repeat(filled), ".".repeat(WIDTH - filled), done, total);
            if (done == total) {
                out.println();
            }
            out.flush();
        } else if (done * LINES / total > lastShown * LINES / total) {
            out.printf("  %,d of %,d trades%n", done, total);
        }
        lastShown = done;
    }

    /** The run has ended, wherever the bar is. */
    void end() {
        if (terminal && lastShown > 0 && lastShown < total) {
            out.println();
        }
    }
}

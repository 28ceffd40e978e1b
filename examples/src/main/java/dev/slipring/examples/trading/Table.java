package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Latency;
import java.io.PrintStream;
import java.util.Formatter;
import java.util.Locale;

/** A report for people. The last line is the verdict. */
final class Table {
    private static final double NS_PER_US = 1000;

    private final Formatter out;

    Table(PrintStream out) {
        this.out = new Formatter(out, Locale.ROOT);
    }

    void print(DemoReport report) {
        var figures = report.figures();
        if (figures != null) {
            print(figures);
        }
        if (report.processorTime() != null) {
            out.format("processor time %s%n", report.processorTime());
        }
        if (!report.exitCodes().isEmpty()) {
            out.format("exit codes     %s%n", report.exitCodes());
        }
        if (report.rings() != null) {
            out.format("rings kept in  %s%n", report.rings());
        }
        out.format("%n");
        report.notes().forEach(note -> out.format("note: %s%n", note));
        report.problems().forEach(problem -> out.format("problem: %s%n", problem));
        if (report.passed() && figures != null) {
            out.format("verdict: PASS %d trades, %d orders and %d fills equal the direct computation to the last digit%n",
                figures.trades(), figures.orders(), figures.fills());
        } else {
            out.format("verdict: FAIL %s%n", report.problems().getFirst());
        }
    }

    private void print(Figures figures) {
        out.format("%n");
        out.format("latency, us              count       p50       p90       p99     p99.9       max%n");
        latency("feed -> strategy", figures.latency().feedToStrategy());
        latency("feed -> ack", figures.latency().feedToAck());
        out.format("%n");
        out.format("throughput     %,d trades/s, feed to gateway, in %.3f s%n", figures.tradesPerSecond(), figures.seconds());
        out.format("trades         %,d   volume %s BTC   notional %s USD%n", figures.trades(), figures.volume(), figures.notional());
        var lines = figures.lines();
        out.format("lines          A %,d copies, %,d first   B %,d copies, %,d first   duplicates %,d%n", lines.a().copies(),
            lines.a().first(), lines.b().copies(), lines.b().first(), lines.duplicates());
        out.format("orders         %,d   fills %,d   filled %,d   canceled %,d%n", figures.orders(), figures.fills(),
            figures.filledOrders(), figures.canceledOrders());
        out.format("position       %s BTC   cash %s USD   last VWAP %s USD%n", figures.position(), figures.cash(), figures.vwap());
        out.format("sequences      %d gaps or repeats%n", figures.sequenceErrors());
        print(figures.executions());
        var waits = figures.backPressure();
        out.format("back-pressure  feeds %,d and %,d   strategy %,d   gateway %,d (messages that waited for room)%n", waits.feedA(),
            waits.feedB(), waits.strategy(), waits.gateway());
    }

    private void print(Figures.Published executions) {
        var risk = executions.risk();
        var recorder = executions.recorder();
        out.format("executions     %,d published%n", executions.published());
        out.format("  risk         %,d seen, %,d lost   position %s BTC, at most %s   notional %s USD%n", risk.delivered(), risk.lost(),
            risk.position(), risk.largestPosition(), risk.notional());
        out.format("  recorder     %,d recorded, %,d lost in %,d gaps%n", recorder.delivered(), recorder.lost(), recorder.gaps().size());
    }

    private void latency(String hop, Latency latency) {
        out.format("%-18s %11d %9.1f %9.1f %9.1f %9.1f %9.1f%n", hop, latency.count(), latency.p50() / NS_PER_US,
            latency.p90() / NS_PER_US, latency.p99() / NS_PER_US, latency.p999() / NS_PER_US, latency.max() / NS_PER_US);
    }
}

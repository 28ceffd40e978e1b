package dev.slipring.examples.trading;

import dev.slipring.core.SlipringException;
import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Progress;
import dev.slipring.transport.TransportException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes the rings or hosts the media driver, starts the three processes, tells them to go when all are ready, and
 * compares what they say with the direct computation. It takes no part in the flow.
 *
 * <p>Threads: one runs; any may {@link #stop()}. Ends its processes and removes the rings however it ends itself; only {@code kill -9} is
 * left to the processes, see {@link dev.slipring.examples.demo.Member}.
 */
final class TradingDemo {
    private final Settings settings;
    private final Progress progress;
    private final Crew<Role> crew;
    private @Nullable Meeting meeting;
    private boolean stopped;

    TradingDemo(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        crew = new Crew<>(Role.class, progress, "Sending " + settings.trades() + " trades, "
            + (settings.rate() == 0 ? "as fast as they go" : settings.rate() + " a second"));
    }

    /** Runs to the end, which is a report whatever happens. */
    DemoReport run() throws InterruptedException {
        try {
            progress.stage("Starting feed handler, strategy and gateway over " + settings.transport() + "; " + settings.warmUp()
                + " trades to warm up");
            start();
            crew.follow();
        } catch (IOException | SlipringException | TransportException e) {
            crew.problems().add("cannot start: " + e);
        } finally {
            progress.end();
            finish(settings.keep());
        }
        return report();
    }

    /** Ends everything now, and removes everything; nothing when the run has come to its end. */
    void stop() {
        finish(false);
    }

    private synchronized void start() throws IOException {
        if (!stopped) {
            meeting = Meeting.create(settings.transport());
            meeting.provide();
            crew.start(TradingProcess.class, List.of(meeting.path().toString(), settings.transport(), Integer.toString(settings.trades()),
                Integer.toString(settings.warmUp()), Long.toString(settings.rate())));
        }
    }

    private synchronized void finish(boolean keep) {
        if (stopped) {
            return;
        }
        stopped = true;
        crew.kill();
        if (meeting != null) {
            meeting.leave();
            if (!keep && !meeting.removeIfUnused()) {
                System.err.println("somebody else has something in " + meeting.path() + " open: remove the directory when they are done");
            }
        }
    }

    private DemoReport report() {
        Figures figures = null;
        Expected expected = null;
        var problems = crew.problems();
        if (crew.hasAllResults()) {
            progress.stage("Comparing with the direct computation");
            expected = Reference.compute(TradeFile.lines(settings.trades()));
            var found = new Results(crew.result(Role.FEED, FeedResult.class), crew.result(Role.STRATEGY, StrategyResult.class),
                crew.result(Role.GATEWAY, GatewayResult.class));
            problems.addAll(Verdict.problems(expected, found));
            figures = Figures.of(found);
        }
        var rings = settings.keep() && meeting != null ? meeting.path().toString() : null;
        return new DemoReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), figures, settings, crew.exitCodes(), expected,
            rings);
    }
}

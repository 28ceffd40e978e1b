package dev.slipring.examples.trading;

import dev.slipring.core.SlipringException;
import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Progress;
import dev.slipring.transport.TransportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes the rings or hosts the media driver, starts the six processes, tells them to go when all are ready, and
 * compares what they say with the direct computation. It takes no part in the flow.
 *
 * <p>Threads: one runs; any may {@link #stop()} and {@link #end()}.
 * Ends its processes and removes the rings however it ends itself; only {@code kill -9} is
 * left to the processes, see {@link dev.slipring.examples.demo.Member}.
 */
final class TradingDemo implements Crew.Overseer<Role> {
    private static final int SIGKILL = 128 + 9;

    private final Settings settings;
    private final Progress progress;
    private final Crew<Role> crew;
    private @Nullable Meeting meeting;
    private boolean killed;
    private boolean toStop;
    private boolean finished;

    TradingDemo(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        crew = new Crew<>(Role.class, progress, "Sending " + settings.trades() + " trades, "
            + (settings.rate() == 0 ? "as fast as they go" : settings.rate() + " a second"));
    }

    /** Runs to the end, which is a report whatever happens. */
    DemoReport run() throws InterruptedException {
        try {
            progress.stage("Starting feed handlers, strategy, gateway, risk monitor and recorder over " + settings.transport() + "; "
                + settings.warmUp() + " trades to warm up");
            if (start()) {
                crew.follow(this);
            } else {
                crew.problems().add("stopped before it had begun");
            }
        } catch (IOException | SlipringException | TransportException e) {
            crew.problems().add("cannot start: " + e);
        } finally {
            progress.end();
            finish(settings.keep());
        }
        return report();
    }

    /** Asks the feeds to send no more; so the run ends in order, soon, with a report of what was sent. */
    synchronized void stop() {
        toStop = true;
        crew.stop();
    }

    /** Ends everything now, and removes everything; nothing when the run has come to its end. */
    void end() {
        finish(false);
    }

    private synchronized boolean start() throws IOException {
        if (!toStop) {
            meeting = Meeting.create(settings.transport());
            meeting.provide();
            crew.start(TradingProcess.class, List.of(meeting.path().toString(), settings.transport(), Integer.toString(settings.trades()),
                Integer.toString(settings.warmUp()), Long.toString(settings.rate()), Integer.toString(settings.recorderPauseMs()),
                Boolean.toString(settings.busySpin())));
        }
        return !toStop;
    }

    private synchronized void finish(boolean keep) {
        if (finished) {
            return;
        }
        finished = true;
        toStop = true;
        crew.kill();
        if (meeting != null) {
            meeting.leave();
            if (!keep && !meeting.removeIfUnused()) {
                System.err.println("somebody else has something in " + meeting.path() + " open: remove the directory when they are done");
            }
        }
    }

    @Override
    public void at(long trades) {
        if (settings.killFeed() && !killed && trades >= settings.trades() / 2) {
            killed = true;
            crew.kill(Role.FEED_B);
        }
    }

    /** One feed handler may be killed: there is the other. */
    @Override
    public @Nullable String excuse(Role role, int exitCode) {
        boolean spare = exitCode == SIGKILL && role.isFeed() && crew.exitCodes().getOrDefault(role.otherFeed().toString(), 0) == 0;
        return spare ? "the " + role.otherFeed() + " went on" : null;
    }

    private DemoReport report() {
        Figures figures = null;
        Expected expected = null;
        var problems = crew.problems();
        var notes = new ArrayList<>(crew.notes());
        if (killed && crew.exitCodes().getOrDefault(Role.FEED_B.toString(), SIGKILL) == 0) {
            problems.add("the " + Role.FEED_B + " was to be killed, and had sent everything before: choose more --trades or a lower "
                + "--rate");
        }
        if (crew.isComplete()) {
            progress.stage("Comparing with the direct computation");
            var found = results();
            int sent = crew.isStopped() ? found.sent() : settings.trades();
            if (sent < settings.trades()) {
                notes.add("stopped after " + sent + " of " + settings.trades() + " trades");
            }
            var reference = Reference.compute(TradeFile.lines(sent));
            expected = reference.expected();
            problems.addAll(Verdict.problems(reference, found, sent < settings.trades()));
            figures = Figures.of(found);
        }
        var rings = settings.keep() && meeting != null ? meeting.path().toString() : null;
        return new DemoReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(notes), figures, settings,
            crew.exitCodes(), expected, rings);
    }

    private Results results() {
        return new Results(feedResult(Role.FEED_A), feedResult(Role.FEED_B), crew.result(Role.STRATEGY, StrategyResult.class),
            crew.result(Role.GATEWAY, GatewayResult.class), crew.result(Role.RISK, RiskResult.class),
            crew.result(Role.RECORDER, RecorderResult.class));
    }

    /** Null when it was killed. */
    private @Nullable FeedResult feedResult(Role role) {
        return crew.hasResult(role) ? crew.result(role, FeedResult.class) : null;
    }
}

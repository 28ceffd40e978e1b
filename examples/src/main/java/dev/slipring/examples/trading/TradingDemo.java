package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Demo;
import dev.slipring.examples.demo.LifeCycle;
import dev.slipring.examples.demo.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes the rings or hosts the media driver, kills a feed handler if asked to, and compares what the six processes say
 * with the direct computation. It takes no part in the flow.
 */
final class TradingDemo implements Demo<Role, Meeting, DemoReport> {
    private static final int SIGKILL = 128 + 9;

    private final Settings settings;
    private final Progress progress;
    private final Crew<Role> crew;
    private boolean killed;

    private TradingDemo(Settings settings, Progress progress, Crew<Role> crew) {
        this.settings = settings;
        this.progress = progress;
        this.crew = crew;
    }

    /** One run, not yet started. */
    static LifeCycle<Role, Meeting, DemoReport> prepare(Settings settings, Progress progress) {
        var crew = new Crew<>(Role.class, progress, "Sending " + settings.trades() + " trades, "
            + (settings.rate() == 0 ? "as fast as they go" : settings.rate() + " a second"));
        return new LifeCycle<>(new TradingDemo(settings, progress, crew), crew, progress, settings.keep());
    }

    @Override
    public String starting() {
        return "Starting feed handlers, strategy, gateway, risk monitor and recorder over " + settings.transport() + "; "
            + settings.warmUp() + " trades to warm up";
    }

    @Override
    public Meeting placeIn(Path directory) {
        return new Meeting(directory, settings.transport(), "coordinator", false);
    }

    @Override
    public List<String> provide(Meeting meeting) {
        meeting.provide();
        return List.of(settings.transport(), Integer.toString(settings.trades()), Integer.toString(settings.warmUp()),
            Long.toString(settings.rate()), Integer.toString(settings.recorderPauseMs()), Boolean.toString(settings.busySpin()));
    }

    @Override
    public void at(long trades) {
        if (settings.killFeed() && !killed && trades >= settings.trades() / 2 && !crew.isStopped()) {
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

    @Override
    public DemoReport report(@Nullable String keptIn) {
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
        return new DemoReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(notes), figures, settings,
            crew.exitCodes(), crew.processorTime(), expected, keptIn);
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

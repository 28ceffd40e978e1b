package dev.slipring.examples.trading;

import dev.slipring.core.SlipringException;
import dev.slipring.transport.TransportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes the rings or hosts the media driver, starts the six processes, tells them to go when all are ready, and
 * compares what they say with the direct computation. It takes no part in the flow.
 *
 * <p>Threads: one runs; any may {@link #stop()}. Ends its processes and removes the rings however it ends itself; only {@code kill -9} is
 * left to the processes, see {@link Lifeline}.
 */
final class TradingDemo {
    private static final long SILENCE_S = 30;
    private static final long GRACE_S = 2;
    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;

    private final Settings settings;
    private final Progress progress;
    private final BlockingQueue<Child.Event> events = new LinkedBlockingQueue<>();
    private final Map<Role, Child> children = new EnumMap<>(Role.class);
    private final Map<Role, String> ready = new EnumMap<>(Role.class);
    private final Map<Role, String> results = new EnumMap<>(Role.class);
    private final Map<Role, Integer> exitCodes = new EnumMap<>(Role.class);
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Meeting meeting;
    private boolean killed;
    private boolean stopped;

    TradingDemo(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs to the end, which is a report whatever happens. */
    DemoReport run() throws InterruptedException {
        try {
            progress.stage("Starting feed handlers, strategy, gateway, risk monitor and recorder over " + settings.transport() + "; "
                + settings.warmUp() + " trades to warm up");
            start();
            follow();
        } catch (IOException | SlipringException | TransportException e) {
            problems.add("cannot start: " + e);
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
            for (var role : Role.values()) {
                children.put(role, Child.start(role, meeting.path(), settings, events::add));
            }
        }
    }

    private synchronized void finish(boolean keep) {
        if (stopped) {
            return;
        }
        stopped = true;
        children.values().forEach(Child::kill);
        if (meeting != null) {
            meeting.leave();
            if (!keep && !meeting.removeIfUnused()) {
                System.err.println("somebody else has something in " + meeting.path() + " open: remove the directory when they are done");
            }
        }
    }

    /** Takes in what the processes say until all have ended, or one has failed and the others have had time to say what they saw. */
    private void follow() throws InterruptedException {
        long failedNs = 0;
        while (exitCodes.size() < Role.values().length) {
            long patienceNs = problems.isEmpty() ? TimeUnit.SECONDS.toNanos(SILENCE_S)
                : failedNs + TimeUnit.SECONDS.toNanos(GRACE_S) - System.nanoTime();
            var event = events.poll(patienceNs, TimeUnit.NANOSECONDS);
            if (event == null) {
                if (problems.isEmpty()) {
                    problems.add("no progress for " + SILENCE_S + " s");
                }
                return;
            }
            boolean flawless = problems.isEmpty();
            switch (event) {
                case Child.Event.Said said -> onSaid(said);
                case Child.Event.Ended ended -> onEnded(ended);
            }
            if (flawless && !problems.isEmpty()) {
                failedNs = System.nanoTime();
            }
        }
    }

    private void onSaid(Child.Event.Said said) {
        switch (said.word()) {
            case "ready" -> onReady(said.role(), said.rest());
            case "at" -> onProgress(Long.parseLong(said.rest()));
            case "result" -> results.put(said.role(), said.rest());
            case "error" -> problems.add("the " + said.role() + " says: " + said.rest());
            default -> System.err.println(said.role() + ": " + said.word() + " " + said.rest());
        }
    }

    private void onReady(Role role, String timeNamespace) {
        ready.put(role, timeNamespace);
        if (!timeNamespace.equals(TimeNamespace.current())) {
            problems.add("the " + role + " has another clock than the coordinator: time namespace " + timeNamespace + ", expected "
                + TimeNamespace.current());
        }
        if (ready.size() == Role.values().length && problems.isEmpty()) {
            progress.stage("Sending " + settings.trades() + " trades, "
                + (settings.rate() == 0 ? "as fast as they go" : settings.rate() + " a second"));
            children.values().forEach(Child::go);
        }
    }

    private void onProgress(long trades) {
        progress.trades(trades);
        if (settings.killFeed() && !killed && trades >= settings.trades() / 2) {
            killed = true;
            Objects.requireNonNull(children.get(Role.FEED_B)).kill();
        }
    }

    private void onEnded(Child.Event.Ended ended) {
        var role = ended.role();
        int code = ended.exitCode();
        exitCodes.put(role, code);
        if (code == 0 && !results.containsKey(role)) {
            problems.add("the " + role + " ended without a result");
        } else if (isSpare(role, code)) {
            results.remove(role);
            notes.add(howItEnded(role, code) + "; the " + role.otherFeed() + " went on");
        } else if (code != 0) {
            problems.add(howItEnded(role, code));
        } else if (killed && role == Role.FEED_B) {
            problems.add("the " + role + " was to be killed, and had sent everything before: choose more --trades or a lower --rate");
        }
    }

    /** One feed handler may be killed once trades are sent: there is the other. */
    private boolean isSpare(Role role, int code) {
        return code == SIGNAL_BASE + SIGKILL && role.isFeed() && ready.size() == Role.values().length
            && exitCodes.getOrDefault(role.otherFeed(), 0) == 0;
    }

    private static String howItEnded(Role role, int code) {
        return "the " + role + (code > SIGNAL_BASE ? " was killed by signal " + (code - SIGNAL_BASE) : " ended with exit code " + code);
    }

    private DemoReport report() {
        Figures figures = null;
        Expected expected = null;
        if (results.size() + notes.size() == Role.values().length) {
            progress.stage("Comparing with the direct computation");
            var reference = Reference.compute(TradeFile.lines(settings.trades()));
            expected = reference.expected();
            var found = results();
            problems.addAll(Verdict.problems(reference, found));
            figures = Figures.of(found);
        }
        var codes = new TreeMap<String, Integer>();
        exitCodes.forEach((role, code) -> codes.put(role.toString(), code));
        var rings = settings.keep() && meeting != null ? meeting.path().toString() : null;
        return new DemoReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(notes), figures, settings, codes,
            expected, rings);
    }

    private Results results() {
        return new Results(feedResult(Role.FEED_A), feedResult(Role.FEED_B), result(Role.STRATEGY, StrategyResult.class),
            result(Role.GATEWAY, GatewayResult.class), result(Role.RISK, RiskResult.class), result(Role.RECORDER, RecorderResult.class));
    }

    /** Null when it was killed. */
    private @Nullable FeedResult feedResult(Role role) {
        return results.containsKey(role) ? result(role, FeedResult.class) : null;
    }

    private <T> T result(Role role, Class<T> type) {
        return Json.read(results.getOrDefault(role, ""), type);
    }
}

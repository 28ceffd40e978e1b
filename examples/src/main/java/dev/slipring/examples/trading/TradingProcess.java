package dev.slipring.examples.trading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Main class of the six processes: role, directory, transport, trades, warm-up, rate, pause of the recorder. Started by the coordinator,
 * to which it says on its standard output, a line each: {@code ready <time namespace>}, {@code at <trades>}, {@code result <JSON>},
 * {@code error <text>}.
 */
final class TradingProcess {
    private static final Duration REPORT_EVERY = Duration.ofMillis(100);

    private final Role role;
    private final Meeting meeting;
    private final Settings settings;
    private final AtomicLong progress = new AtomicLong();

    private TradingProcess(Role role, Meeting meeting, Settings settings) {
        this.role = role;
        this.meeting = meeting;
        this.settings = settings;
    }

    /** Runs one role to its end. */
    public static void main(String[] arguments) throws InterruptedException {
        var role = Role.valueOf(arguments[0]);
        var settings = new Settings(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), Long.parseLong(arguments[5]),
            Integer.parseInt(arguments[6]), false, arguments[2], false);
        var meeting = new Meeting(Path.of(arguments[1]), settings.transport(), role.toString());
        var lifeline = Lifeline.hold(meeting);
        try {
            new TradingProcess(role, meeting, settings).run(lifeline);
            meeting.leave();
        } catch (PeerGone e) {
            lifeline.requireHeld();
            fail(Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (RuntimeException | Error e) {
            lifeline.requireHeld();
            e.printStackTrace();
            fail(e.toString());
        }
    }

    private static void fail(String message) {
        System.out.println("error " + message.lines().findFirst().orElse(""));
        System.exit(1);
    }

    /** Everything is attached before anybody is told to go, so no figure contains a start-up. */
    private void run(Lifeline lifeline) throws InterruptedException {
        var warmUp = stage(Meeting.Pass.WARM_UP, settings.warmUp(), 0, 0);
        var measured = stage(Meeting.Pass.MEASURED, settings.trades(), settings.rate(), settings.recorderPauseMs());
        meeting.awaitPeers();
        warmUp.run();
        System.out.println("ready " + TimeNamespace.current());
        lifeline.awaitGo();
        reportProgress();
        System.out.println("result " + Json.write(measured.run()));
    }

    /** A pass of this role, attached. */
    private Stage stage(Meeting.Pass pass, int count, long rate, int recorderPauseMs) {
        return switch (role) {
            case FEED_A, FEED_B -> {
                var trades = TradeFile.trades(count);
                var feed = new FeedHandler(role == Role.FEED_A ? Line.A : Line.B, meeting, pass);
                yield () -> feed.run(trades, rate);
            }
            case STRATEGY -> new Strategy(meeting, pass)::run;
            case GATEWAY -> new Gateway(meeting, pass, pass == Meeting.Pass.MEASURED ? progress::setOpaque : count_ -> { })::run;
            case RISK -> new RiskMonitor(meeting, pass)::run;
            case RECORDER -> new Recorder(meeting, pass, recorderPauseMs)::run;
        };
    }

    @FunctionalInterface
    private interface Stage {
        Record run();
    }

    /** In a thread of its own, so that the flow never waits for an output. */
    private void reportProgress() {
        Thread.ofPlatform().daemon().name("progress").start(() -> {
            long last = 0;
            try {
                while (true) {
                    Thread.sleep(REPORT_EVERY);
                    long now = progress.getOpaque();
                    if (now != last) {
                        System.out.println("at " + now);
                        last = now;
                    }
                }
            } catch (InterruptedException e) {
                return; // nobody interrupts it
            }
        });
    }
}

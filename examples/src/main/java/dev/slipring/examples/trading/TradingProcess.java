package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Member;
import dev.slipring.examples.demo.Pace;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Main class of the six processes: role, directory, transport, trades, warm-up, rate, pause of the recorder, busy spin. */
final class TradingProcess {
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
            Integer.parseInt(arguments[6]), false, arguments[2], Boolean.parseBoolean(arguments[7]), false);
        var meeting = new Meeting(Path.of(arguments[1]), settings.transport(), role.toString(), settings.busySpin());
        Member.run(meeting::leaveAsTheLast, me -> {
            new TradingProcess(role, meeting, settings).run(me);
            meeting.leave();
        });
    }

    /** Everything is attached before anybody is told to go, so no figure contains a start-up. */
    private void run(Member me) throws InterruptedException {
        var warmUp = stage(me, Meeting.Pass.WARM_UP, settings.warmUp(), 0, 0);
        var measured = stage(me, Meeting.Pass.MEASURED, settings.trades(), settings.rate(), settings.recorderPauseMs());
        meeting.awaitPeers();
        warmUp.run();
        me.ready();
        me.reportProgress(progress::getOpaque);
        me.result(measured.run());
    }

    /** A pass of this role, attached. */
    private Stage stage(Member me, Meeting.Pass pass, int count, long rate, int recorderPauseMs) {
        return switch (role) {
            case FEED_A, FEED_B -> {
                var trades = TradeFile.trades(count);
                var feed = new FeedHandler(role == Role.FEED_A ? Line.A : Line.B, meeting, pass);
                yield () -> feed.run(trades, new Pace(rate, settings.busySpin()), me::isStopping);
            }
            case STRATEGY -> new Strategy(meeting, pass)::run;
            case GATEWAY -> new Gateway(meeting, pass, pass == Meeting.Pass.MEASURED ? progress::setOpaque : count_ -> { })::run;
            case RISK -> new RiskMonitor(meeting, pass)::run;
            case RECORDER -> new Recorder(meeting, pass, recorderPauseMs)::run;
        };
    }

    @FunctionalInterface
    private interface Stage {
        Record run() throws InterruptedException;
    }
}

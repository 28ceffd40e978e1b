package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Member;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Main class of the three processes: role, directory, transport, trades, warm-up, rate. Started by the coordinator. */
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
            arguments[2], false);
        var meeting = new Meeting(Path.of(arguments[1]), settings.transport(), role.toString());
        Member.run(meeting::leaveAsTheLast, me -> {
            new TradingProcess(role, meeting, settings).run(me);
            meeting.leave();
        });
    }

    /** Everything is attached before anybody is told to go, so no figure contains a start-up. */
    private void run(Member me) throws InterruptedException {
        var warmUp = stage(Meeting.Pass.WARM_UP, settings.warmUp(), 0);
        var measured = stage(Meeting.Pass.MEASURED, settings.trades(), settings.rate());
        meeting.awaitPeers();
        warmUp.run();
        me.ready();
        me.reportProgress(progress::getOpaque);
        me.result(measured.run());
    }

    /** A pass of this role, attached. */
    private Stage stage(Meeting.Pass pass, int count, long rate) {
        return switch (role) {
            case FEED -> {
                var trades = TradeFile.trades(count);
                var feed = new FeedHandler(meeting, pass);
                yield () -> feed.run(trades, rate);
            }
            case STRATEGY -> new Strategy(meeting, pass)::run;
            case GATEWAY -> new Gateway(meeting, pass, pass == Meeting.Pass.MEASURED ? progress::setOpaque : count_ -> { })::run;
        };
    }

    @FunctionalInterface
    private interface Stage {
        Record run();
    }
}

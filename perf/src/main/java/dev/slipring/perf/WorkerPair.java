package dev.slipring.perf;

import dev.slipring.perf.WorkerProcess.Said;
import dev.slipring.perf.candidate.Mode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two resident JVMs for one candidate in one mode at one size. No other candidate's code ever runs in them, so nobody's profile spoils
 * another's; they sleep while the others' rounds run.
 */
final class WorkerPair implements AutoCloseable {
    private static final long START_TIMEOUT_S = 60;
    private static final long SECOND_NS = 1_000_000_000L;
    /** After the near end has sent everything, the far end of a candidate that may lose messages gets so long to find out. */
    private static final long PATIENCE_NS = 20_000_000;
    /** From the order to the first intended time of a fixed rate. */
    private static final long HEAD_START_NS = 50_000_000;

    private final Mode mode;
    private final boolean lossy;
    private final WorkerProcess near;
    private final WorkerProcess far;
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

    WorkerPair(WorkerSetup setup, boolean lossy, Pinning pinning, List<String> moreFlags, Workers workers) throws IOException {
        mode = setup.mode();
        this.lossy = lossy;
        near = workers.start(setup.at(Mode.End.NEAR), pinning.command(Mode.End.NEAR), moreFlags, said);
        far = workers.start(setup.at(Mode.End.FAR), pinning.command(Mode.End.FAR), moreFlags, said);
    }

    void awaitReady() throws InterruptedException, PeerFailure {
        expect(Worker.READY, START_TIMEOUT_S);
        expect(Worker.READY, START_TIMEOUT_S);
    }

    /** One round; the far end is spinning when the near one begins. */
    Round run(long messages, long timeoutS) throws IOException, InterruptedException, PeerFailure {
        long start = System.nanoTime() + HEAD_START_NS;
        String order = Worker.ROUND + messages + " " + start;
        far.order(order);
        expect(Worker.ARMED, timeoutS);
        near.order(order);
        @Nullable Round measured = null;
        boolean over = false;
        for (int ends = 0; ends < Mode.End.values().length; ends++) {
            if (over) {
                sayRoundIsOver(timeoutS);
            }
            var answer = expect(Worker.DONE, timeoutS);
            over = lossy && mode != Mode.ROUND_TRIP && answer.end() == Mode.End.NEAR;
            if (answer.end() == mode.measuredBy()) {
                measured = Worker.round(answer.line().substring(Worker.DONE.length()));
            }
        }
        if (measured == null) {
            throw new PeerFailure("both answers came from one end");
        }
        return measured;
    }

    /** As often as it takes: the word may get lost like any other message. */
    private void sayRoundIsOver(long timeoutS) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeoutS * SECOND_NS;
        while (System.nanoTime() - deadline < 0) {
            var answer = said.poll(PATIENCE_NS, TimeUnit.NANOSECONDS);
            if (answer != null) {
                said.add(answer);
                return;
            }
            near.order(Worker.OVER);
        }
    }

    private Said expect(String start, long timeoutS) throws InterruptedException, PeerFailure {
        var answer = said.poll(timeoutS * SECOND_NS, TimeUnit.NANOSECONDS);
        if (answer == null) {
            throw new PeerFailure("no answer in " + timeoutS + " s");
        }
        if (!answer.line().startsWith(start)) {
            throw new PeerFailure("its " + answer.end().name().toLowerCase(Locale.ROOT) + " end " + answer.line());
        }
        return answer;
    }

    /** Does not ask. */
    void kill() {
        near.kill();
        far.kill();
    }

    @Override
    public void close() {
        near.quit();
        far.quit();
    }
}

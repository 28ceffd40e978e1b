package dev.slipring.perf;

import dev.slipring.perf.WorkerProcess.Said;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two resident JVMs for one candidate in one mode at one size. No other candidate's code ever runs in them, so nobody's profile spoils
 * another's; they sleep while the others' rounds run.
 */
final class WorkerPair implements AutoCloseable {
    private static final long START_TIMEOUT_S = 30;
    private static final long SECOND_NS = 1_000_000_000L;
    /** From the order to the first intended time of a fixed rate. */
    private static final long HEAD_START_NS = 50_000_000;

    private final String candidate;
    private final Mode mode;
    private final WorkerProcess near;
    private final WorkerProcess far;
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();

    WorkerPair(WorkerSetup setup, Pinning pinning, List<String> moreFlags, Workers workers) throws IOException {
        candidate = setup.candidate();
        mode = setup.mode();
        near = workers.start(end(setup, Mode.End.NEAR), pinning.command(Mode.End.NEAR), moreFlags, said);
        far = workers.start(end(setup, Mode.End.FAR), pinning.command(Mode.End.FAR), moreFlags, said);
    }

    private static WorkerSetup end(WorkerSetup setup, Mode.End end) {
        return new WorkerSetup(setup.candidate(), setup.mode(), end, setup.size(), setup.capacity(), setup.reading(), setup.intervalNs(),
            setup.pollLimit(), setup.run(), setup.directory());
    }

    String candidate() {
        return candidate;
    }

    void awaitReady() throws InterruptedException {
        expect(Worker.READY, START_TIMEOUT_S);
        expect(Worker.READY, START_TIMEOUT_S);
    }

    /** One round; the far end is spinning when the near one begins. */
    Round run(long messages, long timeoutS) throws IOException, InterruptedException {
        long start = System.nanoTime() + HEAD_START_NS;
        String order = Worker.ROUND + messages + " " + start;
        far.order(order);
        expect(Worker.ARMED, timeoutS);
        near.order(order);
        @Nullable Round measured = null;
        for (int ends = 0; ends < Mode.End.values().length; ends++) {
            var answer = expect(Worker.DONE, timeoutS);
            if (answer.end() == mode.measuredBy()) {
                measured = Worker.round(answer.line().substring(Worker.DONE.length()));
            }
        }
        if (measured == null) {
            throw new IllegalStateException(this + ": both answers came from one end");
        }
        return measured;
    }

    private Said expect(String start, long timeoutS) throws InterruptedException {
        var answer = said.poll(timeoutS * SECOND_NS, TimeUnit.NANOSECONDS);
        if (answer == null) {
            throw new IllegalStateException(this + ": no answer in " + timeoutS + " s");
        }
        if (!answer.line().startsWith(start)) {
            throw new IllegalStateException(this + ", " + answer.end() + " end: " + answer.line());
        }
        return answer;
    }

    @Override
    public void close() {
        near.quit();
        far.quit();
    }

    @Override
    public String toString() {
        return candidate + ", " + mode.title();
    }
}

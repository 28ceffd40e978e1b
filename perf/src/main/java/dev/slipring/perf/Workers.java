package dev.slipring.perf;

import dev.slipring.perf.WorkerProcess.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** Every worker that was started, so that none outlives the run. Any thread. */
final class Workers implements AutoCloseable {
    private final List<WorkerProcess> all = new ArrayList<>();
    private boolean closed;

    synchronized WorkerProcess start(WorkerSetup setup, List<String> pin, List<String> moreFlags, BlockingQueue<Said> said)
        throws IOException {
        if (closed) {
            throw new IllegalStateException("the run is ending");
        }
        var worker = WorkerProcess.start(setup, pin, moreFlags, said);
        all.add(worker);
        return worker;
    }

    /** Ends them all, and lets no new one begin. */
    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(WorkerProcess::kill);
        all.clear();
    }
}

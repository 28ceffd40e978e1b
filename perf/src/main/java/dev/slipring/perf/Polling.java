package dev.slipring.perf;

import dev.slipring.perf.candidate.Inlet;

/** What every loop does to receive: poll, and spin when nothing was there. */
final class Polling implements AutoCloseable {
    private final Inlet inlet;
    private final Arrivals arrivals;
    private final int limit;

    Polling(Inlet inlet, Arrivals arrivals, int limit) {
        this.inlet = inlet;
        this.arrivals = arrivals;
        this.limit = limit;
    }

    /** Until so many have arrived, or are known to be lost, since the beginning. */
    void until(long position) {
        long before = arrivals.position();
        while (before < position) {
            inlet.poll(limit);
            long now = arrivals.position();
            if (now == before) {
                Thread.onSpinWait();
            }
            before = now;
        }
    }

    /** As {@link #until}, in chunks. */
    void untilInChunks(long position) {
        while (arrivals.position() < position) {
            until(Math.min(position, arrivals.position() + Task.CHUNK));
        }
    }

    @Override
    public void close() {
        inlet.close();
    }
}

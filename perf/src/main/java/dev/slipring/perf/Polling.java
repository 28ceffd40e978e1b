package dev.slipring.perf;

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

    /** Until so many have arrived since the beginning. */
    void until(long count) {
        long before = arrivals.count();
        while (before < count) {
            inlet.poll(limit);
            long now = arrivals.count();
            if (now == before) {
                Thread.onSpinWait();
            }
            before = now;
        }
    }

    /** As {@link #until}, in chunks. */
    void untilInChunks(long count) {
        while (arrivals.count() < count) {
            until(Math.min(count, arrivals.count() + Task.CHUNK));
        }
    }

    @Override
    public void close() {
        inlet.close();
    }
}

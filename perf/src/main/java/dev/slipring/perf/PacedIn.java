package dev.slipring.perf;

import org.HdrHistogram.Histogram;

/**
 * The far end of a fixed rate: how long after its intended time of sending each message was handled. Both processes read the same
 * monotonic clock.
 */
final class PacedIn implements Task {
    private final Late late;
    private final Polling polling;

    PacedIn(Candidate candidate, Wire there, int length, Reading reading, long intervalNs, int limit) {
        late = new Late(length, reading, intervalNs);
        polling = new Polling(candidate.inlet(there, late), late, limit);
    }

    @Override
    public Round run(long messages, long start) {
        late.expect(start);
        late.histogram.reset();
        polling.untilInChunks(late.count() + messages);
        return Round.ofLatencies(messages, late.histogram);
    }

    @Override
    public void close() {
        polling.close();
    }

    private static final class Late extends Arrivals {
        private final Histogram histogram = Round.newHistogram();

        Late(int length, Reading reading, long intervalNs) {
            super(length, reading, intervalNs);
        }

        @Override
        void arrived(long intended) {
            Round.record(histogram, System.nanoTime() - intended);
        }
    }
}

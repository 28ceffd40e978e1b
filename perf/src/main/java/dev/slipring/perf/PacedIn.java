package dev.slipring.perf;

import dev.slipring.perf.candidate.Connection;
import org.HdrHistogram.Histogram;

/**
 * The far end of a fixed rate: how long after its intended time of sending each message was handled. Both processes read the same
 * monotonic clock.
 */
final class PacedIn implements Task {
    private final Late late;
    private final Polling polling;

    PacedIn(Connection connection, Late late, int limit) {
        this.late = late;
        polling = new Polling(connection.inlet(late), late, limit);
    }

    @Override
    public Round run(long messages, long start) {
        late.expect(start);
        late.histogram.reset();
        long lostBefore = late.lost();
        polling.untilInChunks(late.position() + messages);
        return Round.ofLatencies(messages, late.histogram).withLost(late.lost() - lostBefore);
    }

    @Override
    public void close() {
        polling.close();
    }

    static final class Late extends Arrivals {
        private final Histogram histogram = Round.newHistogram();

        Late(int length, Reading reading, boolean lossy, long intervalNs) {
            super(length, reading, lossy, intervalNs);
        }

        @Override
        void arrived(long intended) {
            Round.record(histogram, System.nanoTime() - intended);
        }
    }
}

package dev.slipring.perf;

import dev.slipring.perf.candidate.Connection;

/** The far end of a flood: polls until all of the round arrived, and takes the time from the first poll that found something. */
final class FloodIn implements Task {
    private final Counting counting;
    private final Polling polling;

    FloodIn(Connection connection, Counting counting, int limit) {
        this.counting = counting;
        polling = new Polling(connection.inlet(counting), counting, limit);
    }

    @Override
    public Round run(long messages, long unused) {
        long begin = counting.position();
        long end = begin + messages;
        long lostBefore = counting.lost();
        counting.expect(begin + 1);
        polling.until(begin + 1);
        long start = System.nanoTime();
        long already = counting.received();
        long counted = 0;
        long elapsedNs = 0;
        do {
            polling.until(Math.min(end, counting.position() + CHUNK));
            if (elapsedNs == 0 || !counting.toldOfEnd()) { // the last chunk may have waited for the word that there is no more
                counted = counting.received() - already;
                elapsedNs = System.nanoTime() - start;
            }
        } while (counting.position() < end);
        return Round.ofRate(messages, counted, elapsedNs).withLost(counting.lost() - lostBefore);
    }

    @Override
    public void close() {
        polling.close();
    }

    static final class Counting extends Arrivals {
        Counting(int length, Reading reading, boolean lossy) {
            super(length, reading, lossy, 1);
        }

        @Override
        void arrived(long value) {
            // counted
        }
    }
}

package dev.slipring.perf;

/** The far end of a flood: polls until all of the round arrived, and takes the time from the first poll that found something. */
final class FloodIn implements Task {
    private final Counting counting;
    private final Polling polling;

    FloodIn(Candidate candidate, Wire there, int length, Reading reading, int limit) {
        counting = new Counting(length, reading);
        polling = new Polling(candidate.inlet(there, counting), counting, limit);
    }

    @Override
    public Round run(long messages, long unused) {
        long begin = counting.count();
        long end = begin + messages;
        polling.until(begin + 1);
        long start = System.nanoTime();
        long already = counting.count();
        polling.untilInChunks(end);
        return Round.ofRate(messages, end - already, System.nanoTime() - start);
    }

    @Override
    public void close() {
        polling.close();
    }

    private static final class Counting extends Arrivals {
        Counting(int length, Reading reading) {
            super(length, reading, 1);
            expect(1);
        }

        @Override
        void arrived(long value) {
            // counted
        }
    }
}

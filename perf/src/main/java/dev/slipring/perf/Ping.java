package dev.slipring.perf;

import dev.slipring.perf.candidate.Connection;
import org.HdrHistogram.Histogram;

/**
 * The near end of a round trip: sends, and polls until the answer is there. The first half of a round runs without looking at the clock,
 * for the mean; the second half takes the time of every round trip, which then includes one reading of the clock.
 */
final class Ping implements Task {
    private final Sender sender;
    private final Polling answers;
    private final Histogram histogram = Round.newHistogram();
    private long sequence;

    Ping(Connection connection, int length, Reading reading) {
        sender = new Sender(connection.outlet(), length, reading);
        var arrivals = new Answers(length, reading);
        answers = new Polling(connection.inlet(arrivals), arrivals, 1);
    }

    @Override
    public Round run(long messages, long unused) {
        long untimed = messages / 2;
        long start = System.nanoTime();
        for (long left = untimed; left > 0; left -= CHUNK) {
            exchange((int) Math.min(CHUNK, left));
        }
        double mean = (double) (System.nanoTime() - start) / untimed;
        histogram.reset();
        for (long left = messages - untimed; left > 0; left -= CHUNK) {
            exchangeTimed((int) Math.min(CHUNK, left));
        }
        return Round.ofLatencies(messages, histogram).with(Metric.MEAN, mean);
    }

    private void exchange(int count) {
        for (int i = 0; i < count; i++) {
            exchange();
        }
    }

    private void exchangeTimed(int count) {
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            exchange();
            Round.record(histogram, System.nanoTime() - start);
        }
    }

    private void exchange() {
        sender.send(++sequence);
        answers.until(sequence);
    }

    @Override
    public void close() {
        sender.close();
        answers.close();
    }

    private static final class Answers extends Arrivals {
        Answers(int length, Reading reading) {
            super(length, reading, false, 1);
            expect(1);
        }

        @Override
        void arrived(long value) {
            // counted
        }
    }
}

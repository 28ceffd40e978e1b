package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;

/**
 * One end of one mode: what a worker does in a round.
 *
 * <p>Every loop runs in chunks that are methods of their own: called often enough, they are compiled as methods, and not only as one
 * on-stack replacement per round.
 */
interface Task extends AutoCloseable {
    /** Messages per chunk. */
    int CHUNK = 512;

    /** @param start agreed with the other end: nanoseconds of the monotonic clock in a fixed-rate round, otherwise not used */
    Round run(long messages, long start);

    /** Where messages may be lost, the sender says when a round is over: perhaps the last one did not arrive. */
    default void sayRoundIsOver() {
        throw new IllegalStateException("this end does not know");
    }

    @Override
    void close();

    /** The task of this end. */
    static Task of(WorkerSetup setup) {
        var candidate = Candidates.named(setup.candidate());
        var link = setup.link();
        var connection = candidate.connect(link);
        int length = link.length();
        var reading = setup.reading();
        boolean near = setup.end() == Mode.End.NEAR;
        return switch (setup.mode()) {
            case ROUND_TRIP -> near ? new Ping(connection, length, reading) : new Pong(connection, length, reading);
            case FLOOD -> near ? new FloodOut(connection, length, reading)
                : new FloodIn(connection, new FloodIn.Counting(length, reading, candidate.lossy()), setup.pollLimit());
            case FIXED_RATE -> near ? new PacedOut(connection, length, reading, setup.intervalNs())
                : new PacedIn(connection, new PacedIn.Late(length, reading, candidate.lossy(), setup.intervalNs()), setup.pollLimit());
        };
    }
}

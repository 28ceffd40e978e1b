package dev.slipring.perf;

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

    @Override
    void close();

    /** The task of this end. */
    static Task of(WorkerSetup setup) {
        var candidate = Candidates.named(setup.candidate());
        var there = setup.wire(Wire.THERE);
        var back = setup.wire(Wire.BACK);
        int length = candidate.payloadLength(setup.size());
        boolean near = setup.end() == Mode.End.NEAR;
        return switch (setup.mode()) {
            case ROUND_TRIP -> near ? new Ping(candidate, there, back, length, setup.reading())
                : new Pong(candidate, there, back, length, setup.reading());
            case FLOOD -> near ? new FloodOut(candidate, there, length)
                : new FloodIn(candidate, there, length, setup.reading(), setup.pollLimit());
            case FIXED_RATE -> near ? new PacedOut(candidate, there, length, setup.intervalNs())
                : new PacedIn(candidate, there, length, setup.reading(), setup.intervalNs(), setup.pollLimit());
        };
    }
}

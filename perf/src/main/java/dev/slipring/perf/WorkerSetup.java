package dev.slipring.perf;

import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Mode;
import java.nio.file.Path;

/**
 * What a worker is told in its first line.
 *
 * @param candidate  what to measure
 * @param mode       in which loop
 * @param end        which of the two processes this is
 * @param length     of every message, in bytes
 * @param capacity   of a ring, in bytes
 * @param reading    how much of a message the receiver reads
 * @param intervalNs between two messages of a fixed rate
 * @param pollLimit  messages per poll, where more than one can be there
 * @param run        the run's directory, removed by a worker that loses its coordinator
 * @param directory  where the files of this pair lie
 */
record WorkerSetup(String candidate, Mode mode, Mode.End end, int length, int capacity, Reading reading, long intervalNs, int pollLimit,
                   String run, String directory) {

    WorkerSetup at(Mode.End otherEnd) {
        return new WorkerSetup(candidate, mode, otherEnd, length, capacity, reading, intervalNs, pollLimit, run, directory);
    }

    Link link() {
        return new Link(Path.of(directory), mode, end, length, capacity);
    }
}

package dev.slipring.perf;

import java.nio.file.Path;

/**
 * What a worker is told in its first line.
 *
 * @param candidate  what to measure
 * @param mode       in which loop
 * @param end        which of the two processes this is
 * @param size       payload asked for, in bytes
 * @param capacity   of a ring, in bytes
 * @param reading    how much of a message the receiver reads
 * @param intervalNs between two messages of a fixed rate
 * @param pollLimit  messages per poll, where more than one can be there
 * @param run        the run's directory, removed by a worker that loses its coordinator
 * @param directory  where the files of this pair lie
 */
record WorkerSetup(String candidate, Mode mode, Mode.End end, int size, int capacity, Reading reading, long intervalNs, int pollLimit,
                   String run, String directory) {

    Wire wire(String direction) {
        return new Wire(Path.of(directory), candidate + "-" + direction, capacity);
    }
}

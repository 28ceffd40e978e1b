package dev.slipring.perf;

import java.nio.file.Path;

/**
 * One direction between the two processes of a pair.
 *
 * @param directory where its file lies, private to the run
 * @param name      its file
 * @param capacity  of the ring, in bytes
 */
record Wire(Path directory, String name, int capacity) {
    static final String THERE = "there";
    static final String BACK = "back";

    Path file() {
        return directory.resolve(name);
    }
}

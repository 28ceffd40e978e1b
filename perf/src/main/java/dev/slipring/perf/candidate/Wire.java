package dev.slipring.perf.candidate;

import java.nio.file.Path;

/**
 * One direction of a {@link Link}.
 *
 * @param directory where its file lies, private to the pair
 * @param name      its file
 * @param length    of every message, in bytes
 * @param capacity  of a ring, in bytes
 */
public record Wire(Path directory, String name, int length, int capacity) {
    /** Its file. */
    public Path file() {
        return directory.resolve(name);
    }
}

package dev.slipring.examples.trading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which monotonic clock this process sees: processes of one time namespace (and one boot) can subtract each other's nanoTime. */
final class TimeNamespace {
    private TimeNamespace() {
    }

    static String current() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/time")).toString();
        } catch (IOException e) {
            return "none"; // Linux before 5.6 has one clock for all
        }
    }
}

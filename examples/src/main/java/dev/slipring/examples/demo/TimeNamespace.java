package dev.slipring.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which monotonic clock this process sees: processes of one time namespace (and one boot) can subtract each other's nanoTime. */
public final class TimeNamespace {
    private TimeNamespace() {
    }

    /** This process's. */
    public static String current() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/time")).toString();
        } catch (IOException e) {
            return "none"; // Linux before 5.6 has one clock for all
        }
    }
}

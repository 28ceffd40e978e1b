package dev.slipring.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clock that processes of one boot have in common: CLOCK_MONOTONIC, which is what {@link System#nanoTime} reads on Linux. A time
 * namespace shifts it, so a time that is handed to others goes with the clock's id, and times of different ids are not compared.
 */
public final class MonotonicClock {
    /** This process's clock: the inode number of its time namespace; 0 on a kernel that has none. Low 32 bits. */
    public static final int ID = readId();

    private MonotonicClock() {
    }

    /** Nanoseconds since an arbitrary moment, the same for all processes with this {@link #ID} in this boot. */
    public static long nanoTime() {
        return System.nanoTime();
    }

    private static int readId() {
        try {
            return (int) Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self/ns/time")).toString().replaceAll("\\D", ""));
        } catch (IOException e) {
            return 0; // before Linux 5.6
        }
    }
}

package dev.slipring.perf.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Descriptors of the coordinator, for its workers to open: each is a link in the pair's directory to where the kernel shows it. What has
 * no name of its own is shared so, and is gone with the processes that have it open.
 */
public final class Descriptors {
    private Descriptors() {
    }

    /** Lets others open this process's descriptor by this path. */
    public static void show(int descriptor, Path link) {
        try {
            Files.createSymbolicLink(link, Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + link, e);
        }
    }
}

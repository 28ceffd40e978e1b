package dev.slipring.examples.video;

import dev.slipring.frame.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Writes the newest frame to a file, and rests. It has its frame in hand for as long as the compressing takes, and is in nobody's way. The
 * file is replaced as a whole: who looks at it sees one picture or the next.
 */
final class SnapshotTaker {
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Watching watching;
    private final Path file;
    private long pictures;
    private long number;

    /** Attaches. */
    SnapshotTaker(Studio studio, Path file) {
        watching = new Watching(studio, Role.SNAPSHOT, REST_NS);
        this.file = file;
    }

    /** Runs until the camera has left. */
    SnapshotResult run() throws IOException, InterruptedException {
        var seen = watching.run(this::take);
        return new SnapshotResult(seen, pictures, number);
    }

    private void take(Lease lease) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var out = Files.newOutputStream(unfinished)) {
                Png.write(lease.buffer(), lease.format(), out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        pictures++;
        number = lease.sequence();
    }
}

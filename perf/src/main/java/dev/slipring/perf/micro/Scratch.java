package dev.slipring.perf.micro;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of a benchmark's own, in memory where there is one. */
final class Scratch {
    private final Path directory;

    Scratch() {
        var shared = Path.of("/dev/shm");
        try {
            directory = Files.isDirectory(shared) ? Files.createTempDirectory(shared, "slipring-jmh-")
                : Files.createTempDirectory("slipring-jmh-");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    RegionDirectory regions() {
        return new RegionDirectory(directory);
    }

    Attachment attachment() {
        return Attachment.standard().in(regions());
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** With all files in it. */
    void remove() throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

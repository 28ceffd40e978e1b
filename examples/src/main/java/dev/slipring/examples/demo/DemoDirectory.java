package dev.slipring.examples.demo;

import dev.slipring.core.RegionDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that the processes of one run have to themselves. */
public final class DemoDirectory {
    private DemoDirectory() {
    }

    /** Makes it (mode 0700, a name that nobody else has) beside the standard one, or within the one that was chosen. */
    public static Path create() throws IOException {
        var standard = RegionDirectory.standard().path();
        String chosen = System.getProperty("slipring.dir", System.getenv("SLIPRING_DIR"));
        var parent = chosen == null || chosen.isEmpty() ? Path.of("/dev/shm") : standard;
        return Files.createTempDirectory(parent, standard.getFileName() + "-demo-");
    }

    /** Removes it unless there is something in it; returns whether it is gone. */
    public static boolean removeIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}

package dev.slipring.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** Where the files of a run lie: private, and gone when the run ends, however it ends. */
final class RunDirectory implements AutoCloseable {
    private static final int TRIES = 100;

    private final Path path;
    private int pairs;

    private RunDirectory(Path path) {
        this.path = path;
    }

    static RunDirectory in(Path parent) {
        try {
            var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            return new RunDirectory(Files.createTempDirectory(parent, "slipring-perf-", permissions));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + parent + "; choose another with --directory", e);
        }
    }

    Path path() {
        return path;
    }

    /** A new directory for one pair. */
    Path forPair() {
        try {
            return Files.createDirectory(path.resolve("pair-" + pairs++),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove(path);
    }

    /** Removes it with all that is in it; not an error when somebody else does so at the same time. */
    static void remove(Path directory) {
        Exception last = null;
        for (int tries = 0; tries < TRIES && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS); tries++) {
            try (var all = Files.walk(directory)) {
                for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException | UncheckedIOException e) {
                last = e; // perhaps because somebody was faster
            }
        }
        if (last != null && Files.exists(directory)) {
            System.err.println("cannot remove " + directory + ": " + last);
        }
    }
}

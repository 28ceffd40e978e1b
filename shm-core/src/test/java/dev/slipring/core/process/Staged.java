package dev.slipring.core.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A class path that other users may read: what a build uses lies in somebody's home. */
public final class Staged {
    private Staged() {
    }

    /** Copies the jars and class directories that these classes come from; returns the class path of the copies. */
    public static String classPath(Path directory, Class<?>... classes) {
        allow(directory, "rwxr-xr-x");
        return Stream.of(classes).map(Staged::source).distinct().map(source -> copy(source, directory).toString())
            .collect(Collectors.joining(":"));
    }

    private static Path source(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Path copy(Path source, Path directory) {
        var target = directory.resolve(source.getFileName());
        try (var all = Files.walk(source)) {
            for (var each : all.toList()) {
                var copy = target.resolve(source.relativize(each).toString());
                Files.copy(each, copy);
                allow(copy, Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--");
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void allow(Path path, String permissions) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.slipring.cli;

import dev.slipring.core.RegionDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where else regions may be, for whoever looks where there are none. */
final class OtherDirectories {
    private OtherDirectories() {
    }

    /** What to add to the error: the directories that demos made themselves, or else the usual mistake. */
    static String hint() {
        var standard = RegionDirectory.standard().path();
        String found = Stream.of(standard.toAbsolutePath().getParent(), standard).flatMap(OtherDirectories::directories)
            .filter(each -> each.getFileName().toString().startsWith(standard.getFileName() + "-demo-"))
            .map(each -> "--dir " + each).sorted().collect(Collectors.joining(", "));
        return found.isEmpty() ? "; in a container: is that directory shared (docs/operations.md)?"
            : "; a demo has one of its own: " + found;
    }

    private static Stream<Path> directories(Path parent) {
        try (var all = Files.list(parent)) {
            return all.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // a hint is not worth an error
        }
    }
}

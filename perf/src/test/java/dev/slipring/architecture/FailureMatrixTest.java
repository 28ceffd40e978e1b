package dev.slipring.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each row of the failure matrix names a test, and each test it names is there. */
class FailureMatrixTest {
    private static final Path MATRIX = Path.of("../docs/failure-matrix.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyNamedTestExists() throws IOException {
        var named = TEST.matcher(Files.readString(MATRIX)).results().map(result -> result.group(1) + ".java").collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(10);
        try (var files = Files.find(Path.of(".."), 12, (file, attributes) -> file.toString().contains("/src/test/java/"))) {
            var sources = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(sources).containsAll(named);
        }
    }

    @Test
    void everyRowNamesATest() throws IOException {
        var rows = Files.readAllLines(MATRIX).stream().filter(line -> line.startsWith("| ") && !line.endsWith("| test |"))
            .toList();
        assertThat(rows).hasSizeGreaterThan(20).allMatch(row -> TEST.matcher(row).find());
    }
}

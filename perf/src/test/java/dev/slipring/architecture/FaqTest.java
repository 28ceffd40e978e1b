package dev.slipring.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The error messages that docs/faq.md explains are those of the sources. */
class FaqTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^### `(.*)`$");
    private static final Pattern ANY_THIRD_LEVEL = Pattern.compile("(?m)^### ");

    @Test
    void eachHeadingIsWhatSomeMessageSays() throws IOException {
        String page = Files.readString(Path.of("../docs/faq.md"));
        var headings = HEADING.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(headings).hasSizeGreaterThan(25).hasSize((int) ANY_THIRD_LEVEL.matcher(page).results().count());
        String literals = literals();
        for (String heading : headings) {
            assertThat(pieces(heading)).as(heading).isNotEmpty();
            assertThat(pieces(heading).stream().filter(piece -> !literals.contains(piece))).as(heading).isEmpty();
        }
    }

    /** What stands between the dots. */
    private static List<String> pieces(String heading) {
        return Arrays.stream(heading.split("…")).map(String::strip).filter(piece -> piece.length() > 3).toList();
    }

    /** All sources, with the literals that are joined to one another, or to a constant, put together. */
    private static String literals() throws IOException {
        try (var files = Files.find(Path.of(".."), 12, (file, attributes) -> file.toString().matches(".*/src/main/java/.*\\.java"))) {
            return files.map(FaqTest::read).map(source -> source.replaceAll("\"\\s*\\+\\s*\"", "")).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

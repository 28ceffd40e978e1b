package dev.slipring.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The models speak of the code as it is: every line that their table quotes stands in the file it names. */
class ModelTableTest {
    private static final Pattern ROW = Pattern.compile("\\| (?:spsc|mpsc|ends|waiting|seqlock|broadcast): .* \\| `([^`]+)` \\| (\\w+) \\|");

    @Test
    void everyQuotedLineIsInItsFile() throws IOException {
        var rows = ROW.matcher(Files.readString(Path.of("../docs/models/README.md"))).results().toList();
        assertThat(rows).hasSizeGreaterThan(30);
        for (var row : rows) {
            assertThat(source(row.group(2))).as(row.group(2)).contains(row.group(1));
        }
    }

    private static String source(String type) throws IOException {
        for (var room : new String[] {"shm-core/src/main/java/dev/slipring/core/", "shm-ring/src/main/java/dev/slipring/ring/",
            "shm-seqlock/src/main/java/dev/slipring/seqlock/"}) {
            var file = Path.of("..", room + type + ".java");
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        throw new AssertionError("no such source: " + type);
    }
}

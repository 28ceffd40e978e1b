package dev.slipring.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guides show is the code that is compiled and run here, to the letter. */
class GuidesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final String HERE = "src/test/java/dev/slipring/examples/docs/";

    @ParameterizedTest
    @CsvSource({
        "rings.md, " + HERE + "RingsGuideTest.java, 4",
        "slots.md, " + HERE + "SlotsGuideTest.java, 5",
        "migration.md, " + HERE + "MigrationGuideTest.java, 4",
        "quick-start.md, ../docs/quick-start/Prices.java, 1"})
    void everyBlockOfAPageIsCodeThatIsCompiled(String page, Path source, int blocks) throws IOException {
        String code = Files.readString(source);
        var shown = BLOCK.matcher(Files.readString(Path.of("../docs", page))).results().map(block -> block.group(1)).toList();
        assertThat(shown).hasSize(blocks);
        for (String block : shown) {
            assertThat(code).contains(block.replaceAll("(?m)^(?=.)", source.startsWith("..") ? "" : "    "));
        }
    }
}

package dev.slipring.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command line completes, and helps with, what other rooms' commands take: {@code cli}, which knows no other, has it in a file. With
 * {@code =} stand options that want a value.
 */
class CompletionTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path KNOWN = ROOT.resolve("cli/src/main/resources/dev/slipring/cli/elsewhere.txt");
    private static final Pattern OPTION = Pattern.compile("(?s)@Option\\(names = \"(--[\\w-]+)\"(.*?)\\)\\s+private (\\S+) ");

    @ParameterizedTest
    @CsvSource({"demo, examples/src/main/java/dev/slipring/examples/trading/DemoCommand.java",
        "demo fusion, examples/src/main/java/dev/slipring/examples/fusion/FusionCommand.java",
        "demo video, examples/src/main/java/dev/slipring/examples/video/VideoCommand.java",
        "bench, perf/src/main/java/dev/slipring/perf/BenchCommand.java"})
    void whatTheOtherRoomsCommandsTakeIsCompleted(String command, String source) throws IOException {
        String text = Files.readString(ROOT.resolve(source));
        String help = Files.readString(ROOT.resolve("slipring"));
        var line = new StringBuilder(command);
        int options = 0;
        for (var option = OPTION.matcher(text); option.find(); options++) {
            boolean wantsValue = !option.group(3).equals("boolean") && !option.group(2).contains("arity = \"0..1\"");
            line.append(' ').append(option.group(1)).append(wantsValue ? "=" : "");
            assertThat(command.equals("bench") || help.contains(option.group(1))).as("%s in slipring help", option.group(1)).isTrue();
        }
        assertThat(options).isEqualTo(text.split("@Option", -1).length - 1);
        assertThat(Files.readAllLines(KNOWN)).contains(line.toString());
    }

    @Test
    void nothingElseIs() throws IOException {
        assertThat(Files.readAllLines(KNOWN)).hasSize(4);
    }
}

package dev.slipring.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/quick-start.md, in their order, with the output that the page shows; but for the build, which is this one. */
class QuickStartIT {
    /** A block of commands, and what they print, if the page shows it next. */
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$(?:\n\n```\n(.*?)^```$)?");

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    @TempDir
    private Path home;

    @Test
    void theCommandsDoWhatThePageSays() throws Exception {
        for (String link : List.of("examples", "docs")) {
            Files.createSymbolicLink(home.resolve(link), Path.of("..", link).toRealPath());
        }
        var blocks = COMMANDS.matcher(Files.readString(Path.of("../docs/quick-start.md"))).results().toList();
        assertThat(blocks).hasSize(5);
        assertThat(blocks.getFirst().group(1)).isEqualTo("mvn -q -DskipTests package\n");
        for (var block : blocks.subList(1, blocks.size())) {
            String expected = block.group(2) == null ? "" : block.group(2);
            assertThat(run(block.group(1))).as(block.group(1)).isEqualTo(expected);
        }
        assertThat(shared).isEmptyDirectory();
    }

    private String run(String commands) throws IOException, InterruptedException {
        var errors = home.resolve("errors").toFile();
        var builder = new ProcessBuilder("sh", "-ec", commands).directory(home.toFile()).redirectError(errors);
        builder.environment().put("SLIPRING_DIR", shared.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"); // five short-lived JVMs
        builder.environment().merge("PATH", System.getProperty("java.home") + "/bin", (path, jdk) -> jdk + ":" + path);
        var process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s\n%s", commands, Files.readString(errors.toPath())).isZero();
        return output;
    }
}

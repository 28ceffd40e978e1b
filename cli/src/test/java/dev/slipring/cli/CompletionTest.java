package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bash makes of the completion script. */
class CompletionTest {
    /** Completes the last of its arguments as bash does, which allows {@code compopt} only while it does so itself. */
    private static final String COMPLETE = "compopt() { :; }; source \"$0\"; COMP_WORDS=(slipring \"$@\"); COMP_CWORD=$#; "
        + "_complete_slipring; echo \"${COMPREPLY[*]}\"";

    @TempDir
    private Path path;
    private Path script = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Sandbox.assumeWorks(List.of("bash", "-c"), "needs bash", "true");
        var run = Slipring.run("completion");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        script = Files.writeString(path.resolve("script"), run.out());
    }

    @ParameterizedTest
    @CsvSource({"cl, clean", "clean --d, --dry-run --dir", "de, demo", "demo --k, --kill-feed --keep", "demo v, video",
        "demo video --f, --fps --format --from", "demo fusion --b, --break-matching --busy-spin", "bench --q, --quick"})
    void verbsAndOptionsAreCompletedAlsoThoseOfOtherRooms(String typed, String completions) throws IOException, InterruptedException {
        assertThat(complete(typed.split(" ", -1)).split(" ", -1)).containsExactlyInAnyOrder(completions.split(" ", -1));
    }

    @Test
    void behindAnOptionThatWantsAValueNoOptionIsOffered() throws IOException, InterruptedException {
        assertThat(complete("demo", "--rate", "")).doesNotContain("--");
        assertThat(complete("demo", "--keep", "--r")).isEqualTo("--rate");
    }

    private String complete(String... typed) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", "-c", COMPLETE, script.toString()));
        command.addAll(List.of(typed));
        var bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(bash.waitFor()).describedAs("%s", answer).isZero();
        return answer;
    }
}

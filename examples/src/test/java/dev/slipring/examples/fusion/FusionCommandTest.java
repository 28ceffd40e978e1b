package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FusionCommandTest {
    @ParameterizedTest
    @CsvSource({"--speed, -1", "--speed, 5000", "--speed, NaN", "--speed, fast", "--cells, 3", "--cells, 1048576",
        "--picture, /nowhere/at/all.svg", "--json, /nowhere/at/all.json", "--nonsense, 1"})
    void aWrongOptionIsRefusedByNameBeforeAnythingIsStarted(String option, String value) {
        var said = new StringWriter();
        var command = new CommandLine(new FusionCommand()).setErr(new PrintWriter(said));
        assertThat(command.execute(option, value)).isEqualTo(2);
        assertThat(said.toString()).contains(option.substring(2));
    }
}

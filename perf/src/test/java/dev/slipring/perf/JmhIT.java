package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhIT {
    @TempDir
    private Path output;

    @Test
    void aBenchmarkRunsInAJvmOfItsOwn() throws Exception {
        var log = output.resolve("log");
        var jmh = Coordinator.start(log, "jmh", "OneToOneBenchmark.(spsc|agrona)ClaimPoll", "-f", "1", "-wi", "0", "-i", "1", "-r", "50ms",
            "-p", "size=32", "-foe", "true", "-rf", "csv", "-rff", output.resolve("result.csv").toString());
        try {
            assertThat(jmh.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", Files.readString(log)).isTrue();
        } finally {
            jmh.destroy();
        }
        assertThat(jmh.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(output.resolve("result.csv"))).hasSize(3).anyMatch(line -> line.contains("spscClaimPoll"))
            .anyMatch(line -> line.contains("agronaClaimPoll"));
    }
}

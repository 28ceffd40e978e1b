package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigIT {
    private static final int ROUNDS = 2;
    private static final long MESSAGES = 2_000;

    @TempDir
    private Path output;
    private Path shared = Path.of("/dev/shm");

    @BeforeEach
    void makeDirectory() throws Exception {
        shared = Coordinator.sharedDirectory();
    }

    @AfterEach
    void removeDirectory() throws Exception {
        Files.delete(shared); // fails unless it is empty
    }

    @Test
    void everyCandidateIsMeasuredInEveryModeItKnows() throws Exception {
        var json = output.resolve("facts.json");
        var log = output.resolve("log");
        var coordinator = Coordinator.start(log, "--sizes", "72", "--messages", "" + MESSAGES, "--rounds", "" + ROUNDS, "--warmup", "0",
            "--poll-limit", "16", "--capacity", "65536", "--jvm-flag", "-XX:TieredStopAtLevel=1", "--directory", shared.toString(),
            "--json", json.toString());
        try {
            assertThat(coordinator.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", Files.readString(log)).isTrue();
        } finally {
            coordinator.destroy();
        }
        assertThat(coordinator.exitValue()).as(Files.readString(log)).isZero();

        var report = Report.read(json);
        var expected = new HashSet<String>();
        Candidates.ALL.forEach(each -> each.modes().forEach(mode -> expected.add(mode + " " + each.name())));
        assertThat(report.series().stream().map(each -> each.mode() + " " + each.candidate())).hasSize(expected.size())
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(report.series()).allSatisfy(RigIT::isSane);
        assertThat(Files.readString(log)).contains(report.hardware().line(), "round trip, 72 B, 2 rounds", "flood, 72 B",
            "fixed rate, 72 B", "spsc-batch", ": agrona-onetoone", ": floor", "nothing to quote");
        assertThat(Coordinator.filesIn(shared)).isEmpty();
    }

    private static void isSane(Series series) {
        assertThat(series.rounds()).as("%s", series).hasSize(ROUNDS).allSatisfy(round -> {
            assertThat(round.messages()).isEqualTo(MESSAGES);
            assertThat(round.values().values()).allMatch(value -> value > 0 && Double.isFinite(value));
            assertThat(round.values()).containsKeys(series.mode().metrics().toArray(Metric[]::new));
            if (series.mode() != Mode.FLOOD) {
                assertThat(round.value(Metric.P50)).isLessThanOrEqualTo(round.value(Metric.P99));
                assertThat(round.value(Metric.P99)).isLessThanOrEqualTo(round.value(Metric.P999));
                assertThat(round.value(Metric.P999)).isLessThanOrEqualTo(round.value(Metric.MAX));
            }
        });
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(refusal("--sizes", "33")).contains("33 is not a positive multiple of 8");
        assertThat(refusal("--capacity", "4096")).contains("--capacity");
        assertThat(refusal("--candidates", "nobody")).contains("no candidate \"nobody\"; there are spsc, ");
        assertThat(refusal("--mode", "slow")).contains("\"slow\" is none of [round-trip, flood, fixed-rate]");
        assertThat(Coordinator.filesIn(shared)).isEmpty();
    }

    private String refusal(String... arguments) throws Exception {
        var log = output.resolve("log");
        var coordinator = Coordinator.start(log, arguments);
        assertThat(coordinator.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(coordinator.exitValue()).isEqualTo(2);
        return Files.readString(log);
    }
}

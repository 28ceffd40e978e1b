package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigIT {
    private static final int ROUNDS = 2;
    private static final long MESSAGES = 2_000;
    /** By default one of each family, in the loops that all of them know; all under profile "torture". */
    private static final boolean ALL = Boolean.getBoolean("slipring.perf.all");
    private static final List<String> CANDIDATES = ALL ? Candidates.ALL.stream().map(Candidate::name).toList()
        : List.of("spsc", "spsc-batch", "broadcast", "agrona-onetoone", "pipe", "floor");
    private static final List<Mode> MODES = ALL ? List.of(Mode.values()) : List.of(Mode.ROUND_TRIP, Mode.FLOOD);

    @TempDir
    private Path output;
    @TempDir(factory = SharedMemory.class)
    private Path shared;

    @AfterEach
    void nothingIsLeft() {
        assertThat(Coordinator.queues()).as("message queues").isEmpty();
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void everyCandidateIsMeasuredInEveryModeItKnows() throws Exception {
        var report = run(shared, MESSAGES, "--candidates", String.join(",", CANDIDATES), "--sizes", "72", "--mode",
            String.join(",", MODES.stream().map(mode -> mode.title().replace(' ', '-')).toList()),
            "--poll-limit", "16", "--capacity", "65536", "--hgrm", output.resolve("hgrm").toString());

        var measured = new HashSet<String>();
        var refused = new HashSet<String>();
        for (var mode : MODES) {
            for (var name : CANDIDATES) {
                (Candidates.named(name).refusal(mode, 72) == null ? measured : refused).add(mode + " " + name);
            }
        }
        assertThat(report.series().stream().map(each -> each.mode() + " " + each.candidate()))
            .as("absent: %s", report.absences()).containsExactlyInAnyOrderElementsOf(measured);
        assertThat(report.absences().stream().map(each -> each.mode() + " " + each.candidate()))
            .containsExactlyInAnyOrderElementsOf(refused);
        assertThat(report.series()).allSatisfy(RigIT::isSane);
        assertThat(Files.readString(output.resolve("log"))).contains(report.hardware().line(), "round trip, 72 B, 2 rounds", "flood, 72 B",
            "spsc-batch", ": agrona-onetoone", ": floor", "floor: not supported: a word without", "nothing to quote");
        assertThat(Coordinator.filesIn(output.resolve("hgrm")).stream().map(file -> file.getFileName().toString()))
            .contains("round-trip-72-spsc.hgrm").doesNotContain("flood-72-spsc.hgrm");
    }

    @Tag("torture")
    @Test
    void aFixedRateIsMeasured() throws Exception {
        var report = run(shared, MESSAGES, "--candidates", "spsc,udp", "--sizes", "72", "--mode", "fixed-rate");
        assertThat(report.series()).extracting(Series::candidate).as("absent: %s", report.absences()).containsExactly("spsc", "udp");
        assertThat(report.series()).allSatisfy(RigIT::isSane);
    }

    @Tag("torture")
    @Test
    void largeMessagesPassOrAreRefusedWithTheReason() throws Exception {
        var report = run(shared, 64, "--candidates", "spsc,aeron-ipc-default,tcp,udp,mq", "--sizes", "32,70000,1048576", "--mode",
            "round-trip", "--poll-limit", "16");
        assertThat(report.series().stream().filter(each -> each.size() == 1_048_576).map(Series::candidate))
            .containsExactly("spsc", "aeron-ipc-default", "tcp");
        assertThat(report.absences()).allMatch(each -> each.cause() == Absence.Cause.NOT_SUPPORTED).hasSize(4)
            .extracting(Absence::line).contains("udp: not supported: a datagram carries at most 65507 bytes")
            .anyMatch(line -> line.startsWith("mq: not supported: a message has at most ") && line.endsWith("(fs.mqueue.msgsize_max)"));
        assertThat(report.crossover().fits()).extracting(Crossover.Fit::candidate).containsExactly("spsc", "aeron-ipc-default", "tcp");
        assertThat(report.crossover().crossings()).hasSize(2);
    }

    @Test
    void whoCannotStartIsReportedAndTheOthersGoOn() throws Exception {
        var deep = Files.createDirectories(shared.resolve("a-path-longer-than-the-address-of-a-unix-domain-socket-can-be".repeat(2)));
        var report = run(deep, MESSAGES, "--candidates", "spsc,uds", "--sizes", "32", "--mode", "round-trip");
        assertThat(report.series()).extracting(Series::candidate).containsExactly("spsc");
        assertThat(report.absences()).singleElement().satisfies(absence -> {
            assertThat(absence.candidate()).isEqualTo("uds");
            assertThat(absence.cause()).isEqualTo(Absence.Cause.FAILED);
            assertThat(absence.reason()).contains("far end failed").contains("path too long");
        });
        assertThat(Coordinator.filesIn(deep)).isEmpty();
        Files.delete(deep);
    }

    @Test
    void whoIsKilledIsReportedAndTheOthersGoOn() throws Exception {
        var json = output.resolve("facts.json");
        var log = output.resolve("log");
        var coordinator = Coordinator.start(log, "--candidates", "floor,pipe", "--sizes", "32", "--mode", "round-trip", "--seconds", "0.2",
            "--rounds", "2", "--directory", shared.toString(), "--json", json.toString());
        try {
            Coordinator.await("its workers are there", log, () -> coordinator.descendants().count() == 4);
            coordinator.descendants().findAny().orElseThrow().destroyForcibly();
            assertThat(coordinator.waitFor(60, TimeUnit.SECONDS)).as("ended: %s", Files.readString(log)).isTrue();
        } finally {
            coordinator.destroy();
        }
        assertThat(coordinator.exitValue()).as(Files.readString(log)).isZero();
        var report = Report.read(json);
        assertThat(report.series()).hasSize(1);
        assertThat(report.absences()).singleElement().satisfies(absence -> {
            assertThat(absence.cause()).isEqualTo(Absence.Cause.FAILED);
            assertThat(absence.reason()).contains("its process ended");
        });
    }

    private Report run(Path directory, long messages, String... arguments) throws Exception {
        var json = output.resolve("facts.json");
        var log = output.resolve("log");
        var all = new ArrayList<>(List.of("--messages", "" + messages, "--rounds", "" + ROUNDS, "--warmup", "0", "--jvm-flag",
            "-XX:TieredStopAtLevel=1", "--directory", directory.toString(), "--json", json.toString()));
        all.addAll(List.of(arguments));
        var coordinator = Coordinator.start(log, all.toArray(String[]::new));
        try {
            assertThat(coordinator.waitFor(120, TimeUnit.SECONDS)).as("ended: %s", Files.readString(log)).isTrue();
        } finally {
            coordinator.destroy();
        }
        assertThat(coordinator.exitValue()).as(Files.readString(log)).isZero();
        return Report.read(json);
    }

    private static void isSane(Series series) {
        assertThat(series.rounds()).as("%s", series).hasSize(ROUNDS).allSatisfy(round -> {
            assertThat(round.messages()).isEqualTo(MESSAGES);
            // of a lossy candidate perhaps nothing arrived after the first message
            assertThat(round.values().values()).allMatch(Double::isFinite).allMatch(value -> value > 0 || (value == 0 && series.hasLost()));
            assertThat(round.values()).containsKeys(Metric.of(series.mode()).toArray(Metric[]::new));
            if (series.mode() != Mode.FLOOD) {
                assertThat(round.histogram().getValueAtPercentile(50)).isEqualTo((long) round.value(Metric.P50));
                assertThat(round.value(Metric.P50)).isLessThanOrEqualTo(round.value(Metric.P99));
                assertThat(round.value(Metric.P99)).isLessThanOrEqualTo(round.value(Metric.P999));
                assertThat(round.value(Metric.P999)).isLessThanOrEqualTo(round.value(Metric.MAX));
            }
        });
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(refusal("--sizes", "33")).contains("33 is not a positive multiple of 8");
        assertThat(refusal("--capacity", "5000")).contains("--capacity");
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

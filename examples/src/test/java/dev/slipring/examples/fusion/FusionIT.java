package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.examples.demo.DemoRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole demo, in real processes; some of them killed. */
class FusionIT {
    private static final long READINGS = 7046;

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    @TempDir
    private Path files;
    private final List<DemoRun> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(DemoRun::close);
    }

    @Test
    void itComesToTheSameAsTheWholeFileBitForBit() throws IOException {
        var demo = demo("--speed", "20");
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        assertThat(demo.verdict()).startsWith("verdict: PASS " + READINGS + " samples");
        var facts = DemoRun.read(files.resolve("facts.json"));
        assertThat(facts.get("verdict").asText()).isEqualTo("PASS");
        assertThat(facts.get("mismatches").asInt()).isZero();
        assertThat(facts.get("overwritten").asInt()).isZero();
        assertThat(facts.get("torn").asInt()).isZero();
        assertThat(facts.get("snapshots").asInt()).isPositive();
        assertThat(facts.at("/sensors/gyroscope/used").asInt()).isEqualTo(3369);
        assertThat(facts.at("/sensors/gps/hz").asDouble()).isPositive();
        assertThat(facts.get("exitCodes")).hasSize(Role.values().length).allMatch(code -> code.asInt() == 0);
        assertThat(files.resolve("picture.svg")).content().startsWith("<svg ").endsWith("</svg>\n");
        assertThat(shared).isEmptyDirectory();
    }

    @Tag("torture")
    @Test
    void withoutTheMatchingSamplesMeetOtherCalibrationsThanTheirOwnAndTheResultDiffers() throws IOException {
        var demo = demo("--speed", "20", "--break-matching");
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        var facts = DemoRun.read(files.resolve("facts.json"));
        assertThat(facts.get("mismatches").asInt()).isPositive();
        assertThat(demo.verdict()).startsWith("verdict: FAIL samples combined with another calibration than their own: expected 0");
        assertThat(facts.get("problems").toString()).doesNotContain("replay"); // also what is wrong was logged as it was
        assertThat(shared).isEmptyDirectory();
    }

    @Tag("torture")
    @Test
    void withFewCellsSamplesAreOverwrittenAndCountedAndTheLogStillSaysWhatWasUsed() throws IOException {
        var demo = demo("--speed", "20", "--cells", "4");
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        var facts = DemoRun.read(files.resolve("facts.json"));
        long overwritten = facts.get("overwritten").asLong();
        assertThat(overwritten).isPositive();
        assertThat(facts.get("mismatches").asInt()).isZero();
        assertThat(demo.verdict()).startsWith("verdict: PASS " + (READINGS - overwritten) + " samples");
    }

    @ParameterizedTest
    @EnumSource(names = "FUSION")
    void aKilledProcessIsNamedAndNothingIsLeft(Role victim) throws IOException {
        var demo = demo("--speed", "0.1");
        demo.awaitFlow(Role.values().length);
        demo.kill(victim);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        assertThat(DemoRun.read(files.resolve("facts.json")).get("problems").toString())
            .contains("the " + victim + " was killed by signal 9");
        assertThat(demo.verdict()).startsWith("verdict: FAIL ");
        demo.assertNothingIsLeft();
    }

    @Test
    void aSignalEndsTheRunInOrderWithAReportOfWhatWasSent() throws IOException, InterruptedException {
        var demo = demo("--speed", "2");
        demo.awaitFlow(Role.values().length);
        demo.awaitProgress();
        demo.endBy(DemoRun.Signal.TERM);
        var facts = DemoRun.read(files.resolve("facts.json"));
        assertThat(facts.get("notes").toString()).contains("stopped after ").contains(" of " + READINGS + " samples");
        assertThat(demo.verdict()).startsWith("verdict: PASS ");
        assertThat(facts.at("/sensors/gyroscope/used").asInt()).isBetween(100, 3368);
    }

    /** The sensors' slots fit, the rest does not. */
    @Test
    void whatThereIsNoRoomForIsAVerdictAndLeavesNothing() {
        var through = Sandbox.mounts("mount -t tmpfs -o size=2m,mode=0700 tmpfs " + shared + "; code=0; \"$@\" || code=$?; "
            + "echo left behind: $(ls -A " + shared + " | wc -l); exit $code"); // skips where that is not allowed
        try (var demo = new DemoRun(through, shared, "fusion")) {
            assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
            assertThat(demo.verdict()).startsWith("verdict: FAIL cannot start: ").contains("RegionFull");
            Await.until("somebody has looked", () -> demo.everything().contains("left behind: "));
            assertThat(demo.everything()).contains("left behind: 0");
        }
    }

    @Tag("torture")
    @Test
    void aKilledCoordinatorLeavesNothing() {
        var demo = demo("--speed", "0.1");
        demo.awaitFlow(Role.values().length);
        demo.killCoordinator();
        demo.assertNothingIsLeft();
    }

    private DemoRun demo(String... options) {
        var arguments = new ArrayList<>(List.of("fusion", "--json", files.resolve("facts.json").toString()));
        arguments.addAll(List.of("--picture", files.resolve("picture.svg").toString()));
        arguments.addAll(List.of(options));
        var demo = new DemoRun(shared, arguments.toArray(String[]::new));
        started.add(demo);
        return demo;
    }
}

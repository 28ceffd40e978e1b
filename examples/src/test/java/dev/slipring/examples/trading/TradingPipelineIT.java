package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole demo, in real processes; some of them killed. */
class TradingPipelineIT {
    private static final int SIGKILL_EXIT = 137;
    /** A process that spins takes 100 by itself. */
    private static final double IDLE_PERCENT = 60;
    /** Takes 40 s, so that there is time to end it in the middle. */
    private static final List<String> SLOW = List.of("--trades", "40000", "--rate", "1000", "--warm-up", "100");

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    @TempDir
    private Path files;
    private final List<DemoRun> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(DemoRun::close);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "50000, 10000, 50000"})
    void itComesToTheSameAsTheDirectComputation(int trades, int warmUp, long rate) throws IOException {
        var json = files.resolve("facts.json");
        var demo = demo("--trades", "" + trades, "--warm-up", "" + warmUp, "--rate", "" + rate, "--json", json.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        var facts = DemoRun.read(json);
        assertThat(facts.get("verdict").asText()).isEqualTo("PASS");
        assertThat(facts.get("trades").asInt()).isEqualTo(trades);
        assertThat(facts.get("sequenceErrors").asInt()).isZero();
        assertThat(facts.at("/latency/feedToStrategy/count").asInt()).isEqualTo(trades);
        assertThat(facts.at("/latency/feedToAck/count").asInt()).isEqualTo(facts.get("orders").asInt());
        for (String percentile : List.of("p50", "p90", "p99", "p99.9", "max")) {
            assertThat(facts.at("/latency/feedToStrategy/" + percentile).asLong()).as(percentile).isPositive();
        }
        assertThat(facts.get("exitCodes")).hasSize(Role.values().length).allMatch(code -> code.asInt() == 0);
        assertThat(facts.at("/lines/a/copies").asInt()).isEqualTo(trades);
        assertThat(facts.at("/lines/b/copies").asInt()).isEqualTo(trades);
        assertThat(facts.at("/lines/a/first").asInt() + facts.at("/lines/b/first").asInt()).isEqualTo(trades);
        assertThat(facts.at("/lines/duplicates").asInt()).isEqualTo(trades);
        assertThat(facts.at("/executions/risk/lost").asInt()).isZero();
        assertThat(facts.at("/executions/risk/position")).isEqualTo(facts.get("position"));
        assertThat(facts.at("/executions/risk/cash")).isEqualTo(facts.get("cash"));
        assertThat(demo.verdict()).startsWith("verdict: PASS " + trades + " trades");
        assertThat(demo.everything()).as("where to look in").contains("./slipring top --dir " + shared);
        assertThat(shared).isEmptyDirectory();
    }

    /** Some thousand executions, of which the ring holds some 700, and a recorder that has no chance. */
    @Tag("torture")
    @Test
    void aSlowRecorderKnowsExactlyWhatItLost() throws IOException {
        var json = files.resolve("facts.json");
        var demo = demo("--trades", "30000", "--warm-up", "1000", "--rate", "0", "--slow-recorder", "100", "--json", json.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        var facts = DemoRun.read(json);
        var executions = facts.get("executions");
        int published = facts.get("orders").asInt() + facts.get("fills").asInt() + facts.get("canceledOrders").asInt();
        assertThat(executions.get("published").asInt()).isEqualTo(published).isGreaterThan(2000);
        assertThat(executions.at("/risk/delivered").asInt()).isEqualTo(published);
        var gaps = executions.at("/recorder/gaps");
        assertThat(gaps).isNotEmpty();
        int lost = 0;
        for (var gap : gaps) {
            lost += gap.get("last").asInt() - gap.get("first").asInt() + 1;
        }
        assertThat(executions.at("/recorder/lost").asInt()).isEqualTo(lost);
        assertThat(executions.at("/recorder/delivered").asInt()).isEqualTo(published - lost);
        assertThat(demo.verdict()).startsWith("verdict: PASS 30000 trades");
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void aFeedThatIsKilledInTheMiddleDoesNotMatter() throws IOException {
        var json = files.resolve("facts.json");
        var demo = demo("--trades", "6000", "--rate", "6000", "--warm-up", "1000", "--kill-feed", "--json", json.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        var facts = DemoRun.read(json);
        assertThat(facts.at("/exitCodes/feed-a").asInt()).isZero();
        assertThat(facts.at("/exitCodes/feed-b").asInt()).isEqualTo(SIGKILL_EXIT);
        assertThat(facts.get("notes").toString()).contains("the feed-b was killed by signal 9; the feed-a went on");
        assertThat(facts.at("/lines/a/copies").asInt()).isEqualTo(6000);
        int copies = facts.at("/lines/b/copies").asInt();
        assertThat(copies).isBetween(2000, 5999);
        assertThat(facts.at("/lines/duplicates").asInt()).isEqualTo(copies);
        assertThat(demo.verdict()).startsWith("verdict: PASS 6000 trades");
        assertThat(shared).isEmptyDirectory();
    }

    @Tag("torture")
    @Test
    void theOtherFeedMayDieAsWellAndByWhomeverItIsKilled() {
        var demo = demo("--trades", "6000", "--rate", "3000", "--warm-up", "1000");
        demo.awaitFlow(Role.values().length);
        demo.kill(Role.FEED_A);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        assertThat(demo.verdict()).startsWith("verdict: PASS 6000 trades");
        assertThat(demo.everything()).contains("note: the feed-a was killed by signal 9; the feed-b went on");
        demo.assertNothingIsLeft();
    }

    @Tag("torture")
    @Test
    void theDeathOfBothFeedsIsTheEnd() {
        var demo = demo(SLOW.toArray(String[]::new));
        demo.awaitFlow(Role.values().length);
        demo.kill(Role.FEED_A);
        demo.kill(Role.FEED_B);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        assertThat(demo.verdict()).startsWith("verdict: FAIL ");
        assertThat(demo.everything()).contains("problem: the strategy says: both feeds died");
        demo.assertNothingIsLeft();
    }

    @Tag("torture")
    @ParameterizedTest
    @ValueSource(strings = {"aeron:ipc", "aeron:udp?endpoint=127.0.0.1:20122|term-length=64k"})
    void itComesToTheSameWhateverCarriesIt(String transport) throws IOException {
        var json = files.resolve("facts.json");
        var demo = demo("--trades", "10000", "--warm-up", "1000", "--rate", "0", "--transport", transport, "--json", json.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        assertThat(DemoRun.read(json).get("verdict").asText()).isEqualTo("PASS");
        assertThat(DemoRun.read(json).at("/settings/transport").asText()).isEqualTo(transport);
        assertThat(demo.verdict()).startsWith("verdict: PASS 10000 trades");
        assertThat(shared).isEmptyDirectory();
    }

    @Tag("torture")
    @Test
    void aKilledProcessIsNamedOverAeronToo() {
        var arguments = new ArrayList<>(SLOW);
        arguments.addAll(List.of("--transport", "aeron:ipc"));
        var demo = demo(arguments.toArray(String[]::new));
        demo.awaitFlow(Role.values().length);
        demo.kill(Role.STRATEGY);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        assertThat(demo.verdict()).startsWith("verdict: FAIL the strategy was killed by signal 9");
        demo.assertNothingIsLeft();
    }

    @Tag("torture")
    @Test
    void aKilledCoordinatorThatHostedTheDriverLeavesNothing() {
        var arguments = new ArrayList<>(SLOW);
        arguments.addAll(List.of("--transport", "aeron:ipc"));
        var demo = demo(arguments.toArray(String[]::new));
        demo.awaitFlow(Role.values().length);
        demo.killCoordinator();
        demo.assertNothingIsLeft();
    }

    @Tag("torture")
    @ParameterizedTest
    @EnumSource(value = Role.class, names = "(FEED_.|STRATEGY)", mode = EnumSource.Mode.MATCH_NONE)
    void soIsAnyOther(Role victim) throws IOException {
        aKilledProcessIsNamedAndNothingIsLeft(victim);
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "STRATEGY")
    void aKilledProcessIsNamedAndNothingIsLeft(Role victim) throws IOException {
        var json = files.resolve("facts.json");
        var arguments = new ArrayList<>(SLOW);
        arguments.addAll(List.of("--json", json.toString()));
        var demo = demo(arguments.toArray(String[]::new));
        demo.awaitFlow(Role.values().length);
        demo.kill(victim);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        assertThat(DemoRun.read(json).get("verdict").asText()).isEqualTo("FAIL");
        assertThat(DemoRun.read(json).get("problems").toString()).contains("the " + victim + " was killed by signal 9");
        assertThat(demo.verdict()).startsWith("verdict: FAIL ");
        demo.assertNothingIsLeft();
    }

    @Tag("torture")
    @Test
    void andSoDoesAnInterrupt() throws IOException, InterruptedException {
        aSignalEndsTheRunInOrderWithAReportOfWhatWasSent(DemoRun.Signal.INT);
    }

    @ParameterizedTest
    @EnumSource(names = "TERM")
    void aSignalEndsTheRunInOrderWithAReportOfWhatWasSent(DemoRun.Signal signal) throws IOException, InterruptedException {
        var json = files.resolve("facts.json");
        var demo = demo("--trades", "40000", "--rate", "4000", "--warm-up", "1000", "--json", json.toString());
        demo.awaitFlow(Role.values().length);
        demo.awaitProgress();
        demo.endBy(signal);
        var facts = DemoRun.read(json);
        int sent = facts.get("trades").asInt();
        assertThat(sent).isBetween(10_000, 39_999);
        assertThat(demo.verdict()).startsWith("verdict: PASS " + sent + " trades");
        assertThat(demo.everything()).contains("note: stopped after " + sent + " of 40000 trades");
        assertThat(facts.at("/executions/risk/lost").asInt()).isZero();
    }

    @Test
    void aSignalBeforeItHasBegunLeavesNothing() throws IOException, InterruptedException {
        var demo = demo(SLOW.toArray(String[]::new));
        demo.awaitStart();
        demo.endBy(DemoRun.Signal.TERM);
        assertThat(demo.verdict()).startsWith("verdict: FAIL ");
    }

    @Test
    void aKilledCoordinatorLeavesNothing() {
        var demo = demo(SLOW.toArray(String[]::new));
        demo.awaitFlow(Role.values().length);
        demo.killCoordinator();
        demo.assertNothingIsLeft();
    }

    @Tag("torture")
    @Test
    void keptRingsAreLeftForALook() throws IOException {
        var json = files.resolve("facts.json");
        var demo = demo("--trades", "100", "--warm-up", "0", "--keep", "--json", json.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        var kept = Path.of(DemoRun.read(json).get("rings").asText());
        assertThat(kept.getParent()).isEqualTo(shared);
        assertThat(kept.resolve("trades")).isRegularFile();
        assertThat(new Meeting(kept, "shm:spsc", "test", false).removeIfUnused()).isTrue();
        assertThat(shared).isEmptyDirectory();
    }

    /** By processor time, which does not depend on what else the machine does. */
    @Test
    void anIdlePipelineTakesLittleOfAProcessor() throws IOException {
        assertThat(percentOfOneProcessor()).isPositive().isLessThan(IDLE_PERCENT);
    }

    /** The control, on a machine that has a processor for it. */
    @Tag("torture")
    @Test
    void unlessItIsToSpin() throws IOException {
        assertThat(percentOfOneProcessor("--busy-spin")).isGreaterThan(IDLE_PERCENT);
    }

    /** Of all six, while there are ten trades a second. */
    private double percentOfOneProcessor(String... options) throws IOException {
        var json = files.resolve("facts.json");
        var arguments = new ArrayList<>(List.of("--trades", "15", "--rate", "10", "--warm-up", "100", "--json", json.toString()));
        arguments.addAll(List.of(options));
        var demo = demo(arguments.toArray(String[]::new));
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        var time = DemoRun.read(json).get("processorTime");
        assertThat(time.get("seconds")).hasSize(Role.values().length);
        assertThat(time.get("overSeconds").asDouble()).isBetween(1.3, 30.0);
        return time.get("percentOfOne").asDouble();
    }

    @ParameterizedTest
    @CsvSource({"--rate, -1", "--rate, many", "--trades, 0", "--trades, 100001", "--warm-up, -1", "--json, /nowhere/at/all.json",
        "--transport, shm:nothing", "--transport, aeron:udp", "--slow-recorder, -1", "--nonsense, 1"})
    void aWrongOptionIsRefusedBeforeAnythingIsStarted(String option, String value) {
        var demo = demo(option, value);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(2);
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsNoneIsAVerdictToo() {
        shared = shared.resolve("missing");
        var demo = demo("--trades", "100");
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        assertThat(demo.verdict()).startsWith("verdict: FAIL cannot start: ").contains(shared.toString());
    }

    private DemoRun demo(String... options) {
        var arguments = new ArrayList<>(List.of("trading"));
        arguments.addAll(List.of(options));
        var demo = new DemoRun(shared, arguments.toArray(String[]::new));
        started.add(demo);
        return demo;
    }
}

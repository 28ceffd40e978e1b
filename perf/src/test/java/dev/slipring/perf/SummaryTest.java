package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A summary compares with the best peer, which is never one of ours and never the floor. */
class SummaryTest {
    private static final List<String> CANDIDATES = List.of("spsc", "aeron-ipc", "pipe", "floor");

    @Test
    void ratiosAreToTheFloorAndToTheBestPeer() {
        var summary = Summary.of(Reports.of(CANDIDATES, 1));
        assertThat(summary.rows()).hasSize(12);
        var spsc = summary.rows().getFirst();
        assertThat(spsc.candidate()).isEqualTo("spsc");
        assertThat(spsc.ours()).isTrue();
        assertThat(spsc.roundTripP50Ns()).isEqualTo(202);
        assertThat(spsc.roundTripToFloor()).isCloseTo(202 / 102.0, within(1e-9));
        assertThat(spsc.bestPeer()).isEqualTo("aeron-ipc");
        assertThat(spsc.roundTripToPeer()).isCloseTo(202 / 402.0, within(1e-9));
        assertThat(spsc.messagesPerSecond()).isCloseTo(1e6 / 20e-3, within(1.0));
        assertThat(spsc.bestFloodPeer()).isEqualTo("aeron-ipc");
        assertThat(spsc.floodToPeer()).isCloseTo(2, within(1e-9));
        assertThat(summary.verdict()).isEqualTo("This machine was quiet.");
        assertThat(summary.table()).contains("32 B").contains("aeron-ipc").contains("0.50");
    }

    @Test
    void aMachineWhoseFloorMovesIsCalledNoisyAndRatiosStay() {
        var summary = Summary.of(Reports.of(CANDIDATES, 2));
        assertThat(summary.verdict()).startsWith("This machine was noisy").contains("102 to 408 ns");
        assertThat(summary.rows().getFirst().roundTripToPeer()).isCloseTo(202 / 402.0, within(1e-2));
    }

    @Test
    void withoutPeersNothingIsCompared() {
        var row = Summary.of(Reports.of(List.of("spsc", "mpsc"), 1)).rows().getFirst();
        assertThat(row.bestPeer()).isNull();
        assertThat(row.roundTripToPeer()).isNull();
        assertThat(row.roundTripToFloor()).isNull();
        assertThat(row.floodToPeer()).isNull();
    }
}

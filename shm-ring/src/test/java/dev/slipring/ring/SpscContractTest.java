package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RoleTaken;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sets an SPSC ring apart; what all rings promise is in {@link RingContractTest}. */
class SpscContractTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondProducerIsToldWhoTheFirstIs() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var first = ring.producer()) {
            assertThatThrownBy(ring::producer).isInstanceOf(RoleTaken.class)
                .hasMessageContaining("PRODUCER").hasMessageContaining("pid " + ProcessHandle.current().pid());
            assertThat(first.offer(1, new UnsafeBuffer(new byte[8]), 0, 8)).isPositive();
        }
        ring.producer().close();
    }
}

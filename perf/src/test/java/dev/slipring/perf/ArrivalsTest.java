package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.perf.candidate.Payload;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int STEP = 10;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    private static final class Noting extends Arrivals {
        private final List<Long> values = new ArrayList<>();

        Noting(boolean lossy) {
            super(16, Reading.WHOLE, lossy, STEP);
            expect(100);
        }

        @Override
        void arrived(long value) {
            values.add(value);
        }
    }

    private void deliver(Arrivals arrivals, long... values) {
        for (long value : values) {
            Payload.write(buffer, 8, 16, value);
            arrivals.onMessage(buffer, 8, 16);
        }
    }

    @Test
    void aLostARepeatedAndAShortMessageAreNoticed() {
        var arrivals = new Noting(false);
        deliver(arrivals, 100, 110);
        assertThat(arrivals.position()).isEqualTo(2);
        assertThatThrownBy(() -> deliver(arrivals, 110)).hasMessageContaining("expected 120, found 110");
        assertThatThrownBy(() -> deliver(arrivals, 130)).hasMessageContaining("expected 120, found 130");
        assertThatThrownBy(() -> deliver(arrivals, -110)).hasMessageContaining("expected 120, found -110");
        assertThatThrownBy(() -> arrivals.onMessage(buffer, 0, 8)).hasMessageContaining("8 bytes, expected 16");
        assertThat(arrivals.values).containsExactly(100L, 110L);
    }

    @Test
    void whereMessagesMayBeLostTheyAreCounted() {
        var arrivals = new Noting(true);
        deliver(arrivals, 100, 140, 150);
        assertThat(arrivals.values).containsExactly(100L, 140L, 150L);
        assertThat(arrivals.lost()).isEqualTo(3);
        assertThat(arrivals.received()).isEqualTo(3);
        assertThat(arrivals.position()).isEqualTo(6);
        assertThatThrownBy(() -> deliver(arrivals, 150)).as("repeated").hasMessageContaining("expected 160, found 150");
        assertThat(arrivals.toldOfEnd()).isFalse();
    }

    @Test
    void theWordThatARoundIsOverAccountsForAllThatIsMissing() {
        var arrivals = new Noting(true);
        deliver(arrivals, 100, -190);
        assertThat(arrivals.values).containsExactly(100L);
        assertThat(arrivals.lost()).isEqualTo(9);
        assertThat(arrivals.position()).isEqualTo(10);
        assertThat(arrivals.toldOfEnd()).isTrue();

        arrivals.expect(200);
        deliver(arrivals, -190, 200);
        assertThat(arrivals.position()).as("said twice").isEqualTo(11);
        assertThat(arrivals.toldOfEnd()).isFalse();
        deliver(arrivals, -200);
        assertThat(arrivals.position()).as("said for nothing").isEqualTo(11);
    }
}

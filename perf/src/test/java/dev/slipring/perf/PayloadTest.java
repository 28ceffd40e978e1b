package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void aWholePayloadIsReadBack() {
        Payload.write(buffer, 8, 32, 42);
        assertThat(Payload.whole(buffer, 8, 32)).isEqualTo(42);
        assertThat(Payload.first(buffer, 8)).isEqualTo(42);
        assertThat(buffer.getLong(0)).isZero();
        assertThat(buffer.getLong(40)).isZero();
    }

    @Test
    void aTornPayloadIsNoticed() {
        Payload.write(buffer, 0, 64, 42);
        buffer.putLong(56, 41);
        assertThatThrownBy(() -> Payload.whole(buffer, 0, 64)).isInstanceOf(IllegalStateException.class).hasMessageContaining("torn");
    }

    @Test
    void aLostARepeatedAndAShortMessageAreNoticed() {
        var arrivals = new Arrivals(8, Reading.WHOLE, 1) {
            @Override
            void arrived(long value) {
                // counted
            }
        };
        arrivals.expect(1);
        Payload.write(buffer, 0, 8, 1);
        arrivals.onMessage(buffer, 0, 8);
        assertThat(arrivals.count()).isEqualTo(1);
        assertThatThrownBy(() -> arrivals.onMessage(buffer, 0, 8)).hasMessageContaining("expected 2, found 1");
        buffer.putLong(0, 3);
        assertThatThrownBy(() -> arrivals.onMessage(buffer, 0, 8)).hasMessageContaining("expected 2, found 3");
        assertThatThrownBy(() -> arrivals.onMessage(buffer, 0, 16)).hasMessageContaining("16 bytes, expected 8");
        assertThat(arrivals.count()).isEqualTo(1);
    }
}

package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.perf.candidate.Payload;
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
}

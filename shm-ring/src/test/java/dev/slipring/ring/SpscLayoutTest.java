package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.process.Layout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ring writes the bytes that docs/layout.md shows. */
class SpscLayoutTest {
    @TempDir
    private Path directory;
    private final AtomicReference<Memory> data = new AtomicReference<>();

    @Test
    void twoMessagesLookAsDocumented() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = spied(ring)) {
            offer(producer, 7, "slipring");
            offer(producer, 8, "");
            assertThat(Layout.toHexdump(bytes())).isEqualTo(Layout.hexdump("spsc-data"));
        }
    }

    @Test
    void aWrapLooksAsDocumented() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        try (var producer = spied(ring); var consumer = ring.consumer()) {
            for (int i = 0; i < 14; i++) {
                offer(producer, 1, "");
                assertThat(consumer.poll((type, buffer, offset, length) -> { }, 1)).isEqualTo(1);
            }
            offer(producer, 5, "last one");
            offer(producer, 6, "x".repeat(60));
            var expected = Layout.vector("spsc-wrap");
            int zeroHeaderEnd = 136;
            assertThat(Arrays.copyOf(bytes(), zeroHeaderEnd)).isEqualTo(Arrays.copyOf(expected, zeroHeaderEnd));
            assertThat(Arrays.copyOfRange(bytes(), 896, 1024)).isEqualTo(Arrays.copyOfRange(expected, 896, 1024));
        }
    }

    private RingProducer spied(TestRing ring) {
        return ring.producer((area, memory) -> {
            if (area == Area.DATA) {
                data.set(memory);
            }
            return memory;
        });
    }

    private static void offer(RingProducer producer, int type, String payload) {
        var bytes = new UnsafeBuffer(payload.getBytes(StandardCharsets.US_ASCII));
        assertThat(producer.offer(type, bytes, 0, bytes.capacity())).isPositive();
    }

    private byte[] bytes() {
        var copy = new byte[1024];
        Objects.requireNonNull(data.get()).copyOut(0, new UnsafeBuffer(copy), 0, copy.length);
        return copy;
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.process.Layout;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The producer and a subscriber of a broadcast ring write the bytes that docs/layout.md shows. */
class BroadcastLayoutTest implements BroadcastHandler {
    @TempDir
    private Path directory;
    private final Map<Area, Memory> areas = new EnumMap<>(Area.class);

    @Test
    void aLapAndAMessageLookAsDocumented() {
        MemorySeam spy = (area, memory) -> {
            areas.put(area, memory);
            return memory;
        };
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(4096));
        try (var producer = ring.producer(spy); var subscriber = ring.subscriber(spy, JoinAt.latest())) {
            for (int number = 0; number < 8; number++) {
                send(producer, number);
                assertThat(subscriber.poll(this, 1)).isEqualTo(1);
            }
            assertThat(dump(Area.DATA)).isEqualTo(Layout.hexdump("broadcast-data"));
            assertThat(dump(Area.PRODUCER)).isEqualTo(Layout.hexdump("broadcast-producer"));
            assertThat(dump(Area.CONSUMER)).isEqualTo(Layout.hexdump("broadcast-consumer"));
        }
    }

    @Override
    public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        assertThat(length).isEqualTo(504);
    }

    @Override
    public void onGap(long first, long last) {
        throw new AssertionError("a subscriber lost " + first + " to " + last);
    }

    private static void send(RingProducer producer, int number) {
        var claim = new Claim();
        assertThat(producer.tryClaim(7, producer.maxMessageLength(), claim)).isPositive();
        claim.buffer().putStringWithoutLengthAscii(0, "message " + number);
        claim.commit();
    }

    private String dump(Area area) {
        var copy = new byte[4096];
        Objects.requireNonNull(areas.get(area)).copyOut(0, new UnsafeBuffer(copy), 0, copy.length);
        return Layout.toHexdump(copy);
    }
}

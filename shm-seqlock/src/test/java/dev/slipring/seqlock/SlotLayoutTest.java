package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.MonotonicClock;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Layout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer stores the bytes that docs/layout.md shows. */
class SlotLayoutTest {
    @TempDir
    private Path directory;
    private final AtomicReference<Memory> data = new AtomicReference<>();

    @Test
    void twoVersionsLookAsDocumented() {
        var there = new RegionDirectory(directory);
        var options = SlotOptions.ofPayload(8).cells(2).slots(1);
        SlotTable.create(there, "table", options);
        MemorySeam spy = (area, memory) -> {
            if (area == Area.DATA) {
                data.set(memory);
            }
            return memory;
        };
        try (var table = SlotTable.writer("table", Attachment.standard().in(there).through(spy))) {
            var writer = table.writer(SlotKey.of("gyro"));
            var bytes = new UnsafeBuffer("slipring".getBytes(StandardCharsets.US_ASCII));
            writer.write(bytes, 0, 8, 1000, 7, 42);
            writer.write(bytes, 0, 4);
            var layout = options.layout();
            var memory = Objects.requireNonNull(data.get());
            for (long version = 1; version <= 2; version++) { // what is of this moment and this machine
                int cell = Slot.of(layout, 0).cellOffset(version);
                assertThat(memory.getInt(cell + CellDescriptor.CLOCK_ID_OFFSET)).isEqualTo(MonotonicClock.ID);
                memory.putInt(cell + CellDescriptor.CLOCK_ID_OFFSET, 0xf000_0006);
                memory.putLong(cell + CellDescriptor.PUBLISH_TIME_OFFSET, 123_456_789_000L * version);
            }
            var copy = new byte[(int) layout.dataLength()];
            memory.copyOut(0, new UnsafeBuffer(copy), 0, copy.length);
            assertThat(Layout.toHexdump(copy)).isEqualTo(Layout.hexdump("slot-data"));
        }
    }
}

package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionKind;
import dev.slipring.core.process.Layout;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool writes the bytes that docs/layout.md shows. */
class FrameLayoutTest {
    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void aPoolInUseLooksAsDocumented() {
        var format = PixelFormat.NV12.size(16, 8).colour(Colour.BT709);
        var pool = TestPool.create(directory, 3);
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            var loan = new Loan();
            producer.tryLoan(format, loan);
            loan.publish(1_000_000_007);
            var lease = new Lease();
            assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
            producer.tryLoan(format, loan);
            try (var region = Region.watch(TestPool.NAME, RegionKind.FRAME_POOL, pool.attachment("nobody"))) {
                assertThat(dump(region.view(Area.CONSUMER), 192)).isEqualTo(Layout.hexdump("frame-words"));
                var descriptor = bytes(region.view(Area.DATA, 0, 256), 0, 256);
                descriptor.putLong(FrameDescriptor.PUBLISHED, 0x1122_3344_5566_7788L); // the only thing that nobody can foresee
                assertThat(Layout.toHexdump(descriptor.byteArray())).isEqualTo(Layout.hexdump("frame-descriptor"));
                assertThat(bytes(region.view(Area.PRODUCER), 256, 16).byteArray()).isEqualTo(new byte[] {3, 0, 0, 0, (byte) 192, 0, 0, 0, 0,
                    0, 0, 0, 0, 0, 0, 0});
                assertThat(region.view(Area.PRODUCER).getLong(0)).isEqualTo(1);
                assertThat(region.view(Area.PRODUCER).getInt(128)).isEqualTo(1);
                assertThat(region.view(Area.PRODUCER).getLong(2048)).isEqualTo(1 << 8);
            }
        }
    }

    private static String dump(ReadMemory memory, int length) {
        return Layout.toHexdump(bytes(memory, 0, length).byteArray());
    }

    private static UnsafeBuffer bytes(ReadMemory memory, int offset, int length) {
        var copy = new UnsafeBuffer(new byte[length]);
        memory.copyOut(offset, copy, 0, length);
        return copy;
    }
}

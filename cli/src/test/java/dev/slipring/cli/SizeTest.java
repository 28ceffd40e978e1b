package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code size} says is what the file then has. */
class SizeTest {
    @TempDir(factory = SharedMemory.class)
    private Path path;

    @Test
    void aRegionTakesWhatWasSaid() throws IOException {
        var here = new RegionDirectory(path);
        SpscRing.create(here, "ring", RingOptions.ofCapacity(1 << 20));
        assertSaid("ring", "size", "ring", "--capacity", "1m");
        BroadcastRing.create(here, "broadcast", RingOptions.ofCapacity(4096));
        assertSaid("broadcast", "size", "broadcast", "--capacity", "4k");
        SlotTable.create(here, "slots", SlotOptions.ofPayload(100).slots(700).cells(16));
        assertSaid("slots", "size", "slots", "--payload", "100", "--slots", "700", "--cells", "16");
        FramePool.create(here, "frames", PoolOptions.of(3, PixelFormat.NV12.size(640, 480)));
        assertSaid("frames", "size", "frames", "--frames", "3", "--format", "nv12", "--size", "640x480");
        FramePool.create(here, "bytes", PoolOptions.of(2, 5 << 10));
        assertSaid("bytes", "size", "frames", "--frames", "2", "--bytes", "5k");
    }

    @Test
    void severalTakeAsMuchTogetherAndDockerIsToldInMebibytes() {
        var size = Slipring.json(ExitCode.OK, "size", "ring", "--capacity", "1m", "--count", "60");
        assertThat(size.get("totalBytes").asLong()).isEqualTo(60 * size.get("regionBytes").asLong());
        assertThat(size.get("shmSize").asText()).isEqualTo("72m");
        assertThat(Slipring.run("size", "ring", "--capacity", "1m", "--count", "60").out()).contains("--shm-size=72m", "too little");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1024, 1K", "1025, 1.0K", "12800, 12.5K", "1048575, 1.0M", "1245184, 1.2M", "9223372036854775807, 8E"})
    void bytesAreShort(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text).hasSizeLessThanOrEqualTo(6);
    }

    private void assertSaid(String region, String... command) throws IOException {
        assertThat(Slipring.json(ExitCode.OK, command).get("regionBytes").asLong()).isEqualTo(Files.size(path.resolve(region)));
    }
}

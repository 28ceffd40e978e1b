package dev.slipring.examples.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereaboutsTest {
    private static final int PAGE = 4096;

    @TempDir
    private Path directory;

    @Test
    void twoMappingsOfTheSameBytesAreTheSamePlaceAndACopyIsNot() throws IOException {
        var file = directory.resolve("file");
        Files.write(file, new byte[4 * PAGE]);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var whereabouts = new Whereabouts();
            var all = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, 4 * PAGE));
            var third = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 2 * PAGE, PAGE));
            var place = whereabouts.of(new UnsafeBuffer(all, 2 * PAGE, PAGE));
            assertThat(place).isEqualTo(new Place((Long) Files.getAttribute(file, "unix:ino"), 2 * PAGE)).isEqualTo(whereabouts.of(third));
            assertThat(whereabouts.of(all).offset()).isZero();
            var copyOnWrite = new UnsafeBuffer(channel.map(FileChannel.MapMode.PRIVATE, 0, PAGE));
            assertThat(whereabouts.of(copyOnWrite)).isEqualTo(Place.PRIVATE);
            assertThat(whereabouts.of(new UnsafeBuffer(ByteBuffer.allocateDirect(PAGE)))).isEqualTo(Place.PRIVATE);
        }
    }
}

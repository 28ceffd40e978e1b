package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpscRingTest {
    @TempDir
    private Path directory;

    @Test
    void messagesArriveOnceAndInOrder() {
        var meeting = new RegionDirectory(directory);
        SpscRing.create(meeting, "ring", RingOptions.ofCapacity(1024));
        var attachment = Attachment.standard().in(meeting);
        var received = new ArrayList<String>();
        try (var producer = SpscRing.producer("ring", attachment);
            var consumer = SpscRing.consumer("ring", attachment, ConsumerOptions.STANDARD)) {
            for (int i = 0; i < 100; i++) {
                var text = new UnsafeBuffer(("message " + i).getBytes(StandardCharsets.UTF_8));
                assertThat(producer.offer(1, text, 0, text.capacity())).isPositive();
                assertThat(consumer.poll((type, buffer, offset, length) ->
                    received.add(buffer.getStringWithoutLengthUtf8(offset, length)), 10)).isEqualTo(1);
            }
            assertThat(consumer.sequence()).isEqualTo(100);
            assertThat(consumer.poll((type, buffer, offset, length) -> { }, 10)).isEqualTo(RingConsumer.EMPTY);
            producer.close();
            assertThat(consumer.poll((type, buffer, offset, length) -> { }, 10)).isEqualTo(RingConsumer.CLOSED);
        }
        assertThat(received).hasSize(100).startsWith("message 0").endsWith("message 99");
        SpscRing.remove(meeting, "ring");
        assertThat(directory).isEmptyDirectory();
    }
}

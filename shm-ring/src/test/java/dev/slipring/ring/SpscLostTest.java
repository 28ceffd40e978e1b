package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionLost;
import dev.slipring.core.process.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes or truncates the file under an open ring: an error that says so, from warmed-up code too, and never a dead JVM. */
class SpscLostTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> buffer.getByte(offset);
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[64]);

    @TempDir
    private Path directory;
    private TestRing ring;

    @BeforeEach
    void create() {
        ring = TestRing.create(directory, RingOptions.ofCapacity(64 * 1024));
    }

    @Test
    void aRemovedFileIsNoticedByAConsumerThatWaitsInVain() throws IOException {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            warmUp(producer, consumer);
            Files.delete(directory.resolve("ring"));
            requireLost(() -> consumer.poll(IGNORE, 1));
            assertThatThrownBy(() -> consumer.peek(IGNORE, 1)).isInstanceOf(RegionLost.class);
        }
    }

    @Test
    void aRemovedFileIsNoticedByAProducerThatWaitsInVain() throws IOException {
        try (var producer = ring.producer()) {
            Files.delete(directory.resolve("ring"));
            requireLost(() -> producer.offer(1, BYTES, 0, 64));
        }
    }

    @Test
    void aTruncatedFileIsAnErrorAndNoDeadJvm() throws IOException {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            warmUp(producer, consumer);
            producer.offer(1, BYTES, 0, 64);
            try (var channel = FileChannel.open(directory.resolve("ring"), StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
            requireLost(() -> consumer.poll(IGNORE, 1));
            requireLost(() -> producer.offer(1, BYTES, 0, 64));
            assertThatThrownBy(() -> producer.tryClaim(1, 8, new Claim())).isInstanceOf(RegionLost.class);
        }
        assertThat(Files.size(directory.resolve("ring"))).as("nothing was stored by closing").isZero();
    }

    private static void warmUp(RingProducer producer, RingConsumer consumer) {
        for (int i = 0; i < 50_000; i++) {
            producer.offer(1, BYTES, 0, 64);
            consumer.poll(IGNORE, 10);
            consumer.poll(IGNORE, 10);
        }
    }

    /** Compiled code may deliver the fault late, and as what it is; from some call on it is RegionLost. */
    private static void requireLost(ThrowingCallable call) {
        Await.until("RegionLost is thrown", () -> {
            try {
                call.call();
                return false;
            } catch (RegionLost expected) {
                return true;
            } catch (InternalError late) {
                return false;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(call).isInstanceOf(RegionLost.class).hasMessageContaining("removed or cut short");
    }
}

package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionLost;
import dev.slipring.core.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes or truncates the file under an open pool: an error that says so, from warmed-up code too, and never a dead JVM. */
class FrameLostTest {
    @TempDir
    private Path directory;
    private TestPool pool;
    private final Lease lease = new Lease();
    private final Loan loan = new Loan();

    @BeforeEach
    void create() {
        pool = TestPool.create(directory, 4);
    }

    @Test
    void aRemovedFileIsNoticedByAConsumerThatWaitsInVain() throws IOException {
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest())) {
            warmUp(producer, consumer);
            Files.delete(directory.resolve(TestPool.NAME));
            requireLost(() -> consumer.next(lease));
        }
    }

    @Test
    void aRemovedFileIsNoticedByAProducerThatIsRefused() throws IOException {
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.lossless(2))) {
            assertThat(consumer.leases()).isZero();
            while (Picture.publish(producer, TestPool.SMALL)) {
                assertThat(producer.sequence()).isLessThan(10);
            }
            Files.delete(directory.resolve(TestPool.NAME));
            requireLost(() -> producer.tryLoan(TestPool.SMALL, loan));
        }
    }

    @Test
    void aTruncatedFileIsAnErrorAndNoDeadJvm() throws IOException {
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.latest());
            var counter = FramePool.counter(TestPool.NAME, pool.attachment("counter"))) {
            warmUp(producer, consumer);
            assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
            cutShort();
            requireLost(() -> consumer.next(lease));
            requireLost(() -> producer.tryLoan(TestPool.SMALL, loan));
            requireLost(counter::published);
        }
        assertThat(Files.size(directory.resolve(TestPool.NAME))).as("nothing was stored by closing").isZero();
    }

    @Test
    void whoLooksWhileTheFileIsCutShortIsToldSo() {
        assertThatThrownBy(() -> pool.status((area, memory) -> {
            cutShort();
            return memory;
        })).isInstanceOf(RegionLost.class).hasMessageContaining("removed or cut short");
    }

    private void cutShort() {
        try (var channel = FileChannel.open(directory.resolve(TestPool.NAME), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void warmUp(FrameProducer producer, FrameConsumer consumer) {
        for (int i = 0; i < 20_000; i++) {
            Picture.publish(producer, TestPool.SMALL);
            assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
            lease.close();
            consumer.next(lease);
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

package dev.slipring.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.SharedMemory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message costs no garbage, whatever carries it. */
class TransportAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LENGTH = 40;
    private static final int MESSAGES = 20_000;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private long received;
    private final MessageHandler handler = (buffer, offset, length) -> received += buffer.getInt(offset);

    @ParameterizedTest
    @ValueSource(strings = {"shm:spsc", "shm:mpsc", "shm:broadcast", "aeron:ipc?term-length=64k",
        "aeron:ipc?term-length=64k|publication=concurrent", "aeron:udp"})
    void nothingIsAllocatedForAMessage(String kind) {
        var uri = Flows.next(kind);
        try (var transport = Transport.open(Flows.options(directory))) {
            var publication = transport.publication(uri);
            var subscription = transport.subscription(uri);
            Sent.awaitConnected(publication, subscription);
            var source = new UnsafeBuffer(new byte[LENGTH]);
            source.putInt(0, 1);
            var claim = publication.newClaim();
            long[] allocated = {Long.MAX_VALUE};
            Await.until("a whole round costs nothing", () -> { // the first ones load classes, and the JIT compiler's doing counts too
                received = 0;
                long before = THREADS.getCurrentThreadAllocatedBytes();
                exchange(publication, subscription, source, claim);
                allocated[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
                return allocated[0] == 0;
            });
            assertThat(received).isEqualTo(MESSAGES);
        }
    }

    /** Half of them offered, half of them claimed. */
    private void exchange(Publication publication, Subscription subscription, UnsafeBuffer source, Claim claim) {
        for (int sent = 0; sent < MESSAGES; sent++) {
            if (sent % 2 == 0) {
                while (publication.offer(source, 0, LENGTH) < 0) {
                    subscription.poll(handler, 10);
                }
            } else {
                while (publication.tryClaim(LENGTH, claim) < 0) {
                    subscription.poll(handler, 10);
                }
                claim.buffer().putInt(0, 1);
                claim.commit();
            }
        }
        while (received < MESSAGES) {
            subscription.poll(handler, 10);
        }
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Allocation;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hot paths give the garbage collector nothing to do. */
class RingAllocationTest {
    private static final int MESSAGES = 200_000;

    @TempDir
    private Path directory;
    private long sum;

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void noMessageAllocates(RingKind kind) {
        var ring = TestRing.create(kind, directory, RingOptions.ofCapacity(4096));
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            var bytes = new UnsafeBuffer(new byte[64]);
            var claim = new Claim();
            MessageHandler handler = this::onMessage;
            ControlledMessageHandler controlled = this::onControlledMessage;
            assertThat(Allocation.of(() -> exchange(producer, consumer, bytes, claim, handler, controlled)))
                .as("bytes for " + MESSAGES + " rounds").isLessThan(1024);
        }
        assertThat(sum).isNotZero();
    }

    private void exchange(RingProducer producer, RingConsumer consumer, UnsafeBuffer bytes, Claim claim, MessageHandler handler,
        ControlledMessageHandler controlled) {
        for (int i = 0; i < MESSAGES; i++) {
            producer.offer(1, bytes, 0, 40);
            producer.tryClaim(2, 24, claim);
            claim.buffer().putLong(0, i);
            claim.commit(16);
            try (var batch = producer.batch()) {
                batch.offer(3, bytes, 0, 8);
                batch.offer(4, bytes, 0, 8);
                batch.publish();
            }
            consumer.peek(handler, 1);
            consumer.poll(handler, 2);
            consumer.controlledPoll(controlled, 2);
            consumer.poll(handler, 1);
        }
    }

    private void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        sum += type + length;
    }

    private ControlledMessageHandler.Action onControlledMessage(int type, DirectBuffer buffer, int offset, int length) {
        sum += type + buffer.getByte(offset);
        return ControlledMessageHandler.Action.COMMIT;
    }
}

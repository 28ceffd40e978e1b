package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.process.Allocation;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who looks along a ring with one consumer gives the garbage collector nothing to do, unless the consumer passes him. */
class RingViewAllocationTest {
    private static final int ROUNDS = 200_000;
    /** A checkpoint. */
    private static final int FOR_PASSING = 40;
    private static final MessageHandler NOTHING = (type, buffer, offset, length) -> { };

    @TempDir
    private Path path;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[40]);
    private final Counter counter = new Counter();

    private static final class Counter implements BroadcastHandler {
        private long messages;
        private long lost;

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            messages += type;
        }

        @Override
        public void onGap(long first, long last) {
            lost += last - first + 1;
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void noLookAllocates(RingKind kind) {
        var ring = TestRing.create(kind, path, RingOptions.ofCapacity(4096));
        try (var producer = ring.producer(); var consumer = ring.consumer();
            var view = RingView.of("ring", kind.regionKind(), Attachment.standard().in(ring.directory()), JoinAt.oldest())) {
            assertThat(Allocation.of(() -> look(producer, view, consumer, false))).as("bytes for %s looks", 2 * ROUNDS).isLessThan(1024);
            assertThat(counter.messages).as("none was missed").isPositive().isEqualTo(producer.sequence());
            assertThat(counter.lost).isZero();
            assertThat(Allocation.of(() -> look(producer, view, consumer, true))).as("bytes for being passed %s times", ROUNDS)
                .isLessThan(1024 + (long) FOR_PASSING * ROUNDS);
            assertThat(counter.lost).as("each").isPositive().isEqualTo(producer.sequence() - counter.messages);
        }
    }

    /** @param consumedBefore whether the consumer takes a message before the view looks for it, or after */
    private void look(RingProducer producer, RingView view, RingConsumer consumer, boolean consumedBefore) {
        for (int i = 0; i < ROUNDS; i++) {
            producer.offer(1, message, 0, 40);
            if (consumedBefore) {
                consumer.poll(NOTHING, 1);
            }
            view.poll(counter, 10);
            view.poll(counter, 10);
            if (!consumedBefore) {
                consumer.poll(NOTHING, 1);
            }
        }
    }
}

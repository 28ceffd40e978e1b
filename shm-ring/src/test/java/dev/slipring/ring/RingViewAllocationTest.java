package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipring.core.Attachment;
import java.lang.management.ManagementFactory;
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
            for (int warmUp = 0; warmUp < 3; warmUp++) {
                look(producer, view, consumer, false);
            }
            assertThat(allocated(() -> look(producer, view, consumer, false))).as("bytes for %s looks", 2 * ROUNDS).isLessThan(8192);
            assertThat(counter.messages).as("none was missed").isEqualTo(4L * ROUNDS);
            assertThat(counter.lost).isZero();
            look(producer, view, consumer, true);
            assertThat(allocated(() -> look(producer, view, consumer, true))).as("bytes for being passed %s times", ROUNDS)
                .isLessThan(8192 + (long) FOR_PASSING * ROUNDS);
            assertThat(counter.lost).isEqualTo(2L * ROUNDS);
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

    private static long allocated(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Allocation;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames give the garbage collector nothing to do. */
class FrameAllocationTest {
    private static final int FRAMES = 100_000;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private long sum;

    @Test
    void noFrameAllocates() {
        var pool = TestPool.create(directory, 8);
        var loan = new Loan();
        var lease = new Lease();
        var kept = new Lease();
        try (var producer = pool.producer(); var consumer = pool.consumer(ConsumerPolicy.every(2).holding(2));
            var strict = pool.consumer(ConsumerPolicy.lossless(2))) {
            assertThat(Allocation.of(() -> exchange(producer, consumer, strict, loan, lease, kept)))
                .as("bytes for " + FRAMES + " frames").isLessThan(1024);
        }
        assertThat(sum).isNotZero();
    }

    private void exchange(FrameProducer producer, FrameConsumer consumer, FrameConsumer strict, Loan loan, Lease lease, Lease kept) {
        for (int i = 0; i < FRAMES; i++) {
            producer.tryLoan(TestPool.SMALL, loan);
            loan.buffer().putLong(0, i);
            loan.discard();
            producer.tryLoan(TestPool.SMALL, loan);
            loan.buffer().putLong(0, i);
            loan.publish(i);
            if (i % 3 == 0) {
                kept.close();
                consumer.next(kept);
                sum += kept.format().width();
            }
            consumer.latest(lease);
            lease.close();
            strict.next(lease);
            sum += lease.buffer().getLong(0) + lease.sequence();
            lease.close();
        }
    }
}

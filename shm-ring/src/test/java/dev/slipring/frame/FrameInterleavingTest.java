package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.Closing;
import dev.slipring.core.process.SharedMemory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the producer does between two steps of a consumer that leases. */
class FrameInterleavingTest {
    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private Runnable meanwhile = () -> { };

    @Test
    void aFrameThatWasLentAgainAndGivenUpIsNotTakenForWhatStoodThere() {
        leaseWhile(Area.PRODUCER, PoolDescriptor.entryOffset(0));
    }

    @Test
    void aFrameThatWasLentAgainAfterTheLookAtItsWordIsNotLeased() {
        leaseWhile(Area.CONSUMER, PoolDescriptor.wordOffset(0));
    }

    @Test
    void aCallThatIsCutOffByACloseLeasesNothing() {
        var pool = TestPool.create(directory, 3);
        try (var producer = pool.producer(); var consumer = pool.consumer(after("putLongRelease", Area.CONSUMER,
            PoolDescriptor.seatOffset(1) + PoolDescriptor.SEAT_CURSOR), ConsumerPolicy.latest())) {
            publish(producer);
            meanwhile = consumer::close;
            var lease = new Lease();
            assertThatThrownBy(() -> consumer.next(lease)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
            assertThat(lease.isOpen()).isFalse();
        }
    }

    @Test
    void aFrameThatIsCutOffByACloseIsNotEntered() {
        var closing = new Closing(Area.CONSUMER, "putLongRelease");
        var pool = TestPool.create(directory, 3);
        try (var producer = pool.producer(closing.over(MemorySeam.DIRECT)); var loan = new Loan()) {
            producer.tryLoan(TestPool.SMALL, loan);
            closing.arm(producer::close);
            assertThatThrownBy(loan::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
            assertThat(closing.stored()).isEmpty();
        }
    }

    @Test
    void aStatusThatIsCutOffByACloseSaysSo() {
        var pool = TestPool.create(directory, 3);
        try (var consumer = pool.consumer(after("getLongAcquire", Area.CONSUMER, PoolDescriptor.wordOffset(2)), ConsumerPolicy.latest())) {
            meanwhile = consumer::close;
            assertThatThrownBy(consumer::status).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        }
    }

    /** The consumer has loaded this word, of the entry or of the frame, when the producer laps it and scribbles over its frame. */
    private void leaseWhile(Area area, int offset) {
        var pool = TestPool.create(directory, 3);
        try (var producer = pool.producer(); var consumer = pool.consumer(after("getLongAcquire", area, offset), ConsumerPolicy.latest())) {
            publish(producer); // in frame 0
            meanwhile = () -> {
                publish(producer);
                publish(producer);
                var loan = new Loan();
                assertThat(producer.tryLoan(TestPool.SMALL, loan)).isTrue();
                Picture.draw(loan.buffer(), TestPool.SMALL.bytes(), 999);
                loan.discard();
            };
            var lease = new Lease();
            assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
            Picture.requireWhole(lease);
            assertThat(lease.sequence()).isEqualTo(2);
            assertThat(lease.missed()).isEqualTo(2);
        }
    }

    private static void publish(FrameProducer producer) {
        assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
    }

    /** Once, after this access to this word. */
    private MemorySeam after(String call, Area area, int offset) {
        return (inArea, memory) -> inArea != area ? memory : (Memory) Proxy.newProxyInstance(Memory.class.getClassLoader(),
            new Class<?>[] {Memory.class}, (proxy, method, arguments) -> {
                try {
                    var result = method.invoke(memory, arguments);
                    if (method.getName().equals(call) && arguments[0].equals(offset)) {
                        var now = meanwhile;
                        meanwhile = () -> { };
                        now.run();
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }
}

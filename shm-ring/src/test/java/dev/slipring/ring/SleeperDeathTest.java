package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Spinning;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who dies on the way to waking somebody costs the sleeper one slice; who dies asleep costs the waker one call. */
@ParameterizedClass
@EnumSource(RingKind.class)
class SleeperDeathTest {
    private static final int CONSUMERS_SEQ = 0;
    private static final int CONSUMERS_FLAG = 4;
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[64]);

    private final RingKind kind;

    @TempDir
    private Path directory;
    private TestRing ring;

    SleeperDeathTest(RingKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void create() {
        ring = TestRing.create(kind, directory, RingOptions.ofCapacity(4096).withParking());
    }

    @Test
    void aWakerKilledAtAnyStoreIsMissedForASliceAtMost() throws Exception {
        boolean finished = false;
        for (int store = 0; !finished; store++) {
            var process = new FaultyProcess();
            try (var consumer = kind.consumer("ring", attachment(), ConsumerOptions.STANDARD)) {
                var waker = ring.producer(process.seam());
                while (consumer.poll(IGNORE, 10) > 0) { // what the one before left
                    assertThat(consumer.position()).isPositive();
                }
                var waiting = new Waiting<>(() -> consumer.receive(IGNORE, 10));
                waiting.awaitAsleep();
                process.dieAfter(store);
                finished = offer(waker);
                process.kill(); // before close could wake anybody
                assertThatThrownBy(waker::close).isInstanceOf(ProcessDied.class);
                assertThat(waiting.outcome()).isIn(1, RingConsumer.PRODUCER_DEAD);
                assertThat(store).as("stores of an offer").isLessThan(100);
            }
        }
    }

    @Test
    void theFlagOfADeadSleeperIsTakenDownByTheNextMessage() throws Exception {
        var process = new FaultyProcess();
        try (var producer = ring.producer(); var watching = Region.watch("ring", kind.regionKind(), attachment())) {
            var waiters = watching.view(Area.WAITERS);
            var sleeper = kind.consumer("ring", attachment().through(process.seam()), ConsumerOptions.STANDARD);
            sleeper.poll(IGNORE, 1, TimeUnit.MILLISECONDS.toNanos(5));
            process.kill();
            assertThatThrownBy(sleeper::close).isInstanceOf(ProcessDied.class);
            assertThat(words(waiters)).as("seq, which no sleeper leaves 0, and flag").containsExactly(1, 1);
            producer.offer(1, BYTES, 0, 8);
            assertThat(words(waiters)).containsExactly(2, 0);
            producer.offer(1, BYTES, 0, 8);
            assertThat(words(waiters)).as("and nobody is woken for nothing again").containsExactly(2, 0);
            try (var successor = ring.consumer()) {
                assertThat(successor.receive(IGNORE, 10)).isEqualTo(2);
            }
        }
    }

    private static int[] words(ReadMemory waiters) {
        return new int[] {waiters.getIntAcquire(CONSUMERS_SEQ), waiters.getIntAcquire(CONSUMERS_FLAG)};
    }

    private static boolean offer(RingProducer waker) {
        try {
            return waker.offer(1, BYTES, 0, 8) > 0;
        } catch (ProcessDied expected) {
            return false;
        }
    }

    private Attachment attachment() {
        return Attachment.standard().in(new RegionDirectory(directory)).with(Spinning.NONE);
    }
}

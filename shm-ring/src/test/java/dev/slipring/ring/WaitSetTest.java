package dev.slipring.ring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.WaitSet;
import dev.slipring.core.process.Waiting;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for many rings at once, with parking and without. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class WaitSetTest {
    private static final int RINGS = 64;
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[64]);

    @TempDir
    private Path directory;
    private final boolean parking;
    private final List<RingProducer> producers = new ArrayList<>();
    private final List<RingConsumer> consumers = new ArrayList<>();
    private final WaitSet<RingConsumer> set = new WaitSet<>();

    WaitSetTest(boolean parking) {
        this.parking = parking;
    }

    @AfterEach
    void close() {
        producers.forEach(RingProducer::close);
        consumers.forEach(RingConsumer::close);
    }

    @Test
    void eachThatIsReadyComesOnceBeforeAnyComesAgain() throws Exception {
        create(RINGS);
        for (var each : producers) {
            send(each, 3);
        }
        for (int round = 0; round < 3; round++) {
            var seen = new HashSet<RingConsumer>();
            for (int i = 0; i < RINGS; i++) {
                var ready = requireNonNull(set.next(FOR_EVER));
                assertThat(seen.add(ready)).isTrue();
                assertThat(ready.poll(IGNORE, 1)).isEqualTo(1);
            }
        }
        assertThat(set.next(0)).isNull();
    }

    @Test
    void aFloodStarvesNobody() throws Exception {
        create(RINGS);
        for (int message = 0; message < 1000; message++) {
            send(producers.getFirst(), 2);
            var slow = producers.get(1 + message % (RINGS - 1));
            send(slow, 1);
            var expected = consumers.get(producers.indexOf(slow));
            var next = set.next(FOR_EVER);
            assertThat(next == expected ? next : set.next(FOR_EVER)).as("at most the flood comes before").isSameAs(expected);
            expected.poll(IGNORE, 1);
            consumers.getFirst().poll(IGNORE, 10);
        }
    }

    @Test
    void whoseTurnItIsDoesNotChangeWhenOthersAreRemoved() throws Exception {
        create(4);
        producers.forEach(each -> send(each, 2));
        assertThat(set.next(0)).isSameAs(consumers.get(0));
        assertThat(set.next(0)).isSameAs(consumers.get(1));
        set.remove(consumers.get(0));
        assertThat(set.next(0)).isSameAs(consumers.get(2));
        set.remove(consumers.get(2));
        assertThat(set.next(0)).isSameAs(consumers.get(3));
        assertThat(set.next(0)).isSameAs(consumers.get(1));
    }

    @Test
    void aMessageOnAnyOfThemEndsTheWait() throws Exception {
        create(RINGS);
        for (int ring = 0; ring < RINGS; ring += 9) {
            var waiting = new Waiting<>(() -> set.next(FOR_EVER));
            waiting.awaitAsleep();
            send(producers.get(ring), 1);
            assertThat(waiting.outcome()).isSameAs(consumers.get(ring));
            consumers.get(ring).poll(IGNORE, 1);
        }
    }

    @Test
    void anEndIsSomethingToHear() throws Exception {
        create(3);
        var waiting = new Waiting<>(() -> set.next(FOR_EVER));
        waiting.awaitAsleep();
        producers.get(1).close();
        assertThat(waiting.outcome()).isSameAs(consumers.get(1));
        assertThat(consumers.get(1).poll(IGNORE, 1)).isEqualTo(RingConsumer.CLOSED);
        set.remove(consumers.get(1));
        assertThat(set.next(0)).isNull();
    }

    @Test
    void aSourceClosedMeanwhileIsHandedOutAndSaysSo() throws Exception {
        create(3);
        var waiting = new Waiting<>(() -> set.next(FOR_EVER));
        waiting.awaitAsleep();
        consumers.get(2).close();
        assertThat(waiting.outcome()).isSameAs(consumers.get(2));
        assertThatThrownBy(() -> consumers.get(2).poll(IGNORE, 1)).hasMessageContaining("is closed");
    }

    @Test
    void sourcesAreAddedAndRemovedMeanwhile() throws Exception {
        create(2);
        var late = consumers.get(1);
        assertThat(set.remove(late)).isTrue();
        assertThat(set.remove(late)).isFalse();
        send(producers.get(1), 1);
        var waiting = new Waiting<>(() -> set.next(FOR_EVER));
        waiting.awaitAsleep();
        set.add(late);
        assertThat(waiting.outcome()).isSameAs(late);
        assertThatThrownBy(() -> set.add(late)).isInstanceOf(IllegalArgumentException.class);
        late.poll(IGNORE, 1);
        var again = new Waiting<>(() -> set.next(TimeUnit.MILLISECONDS.toNanos(200)));
        again.awaitAsleep();
        set.remove(late);
        send(producers.get(1), 1);
        assertThat(again.outcome()).as("it was removed before its message came").isNull();
    }

    @Test
    void timeInterruptsAndWakeUpsEndTheWaitWithNothing() throws Exception {
        create(2);
        long start = System.nanoTime();
        assertThat(set.next(TimeUnit.MILLISECONDS.toNanos(100))).isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        var woken = new Waiting<>(() -> set.next(FOR_EVER));
        woken.awaitAsleep();
        set.wakeUp();
        assertThat(woken.outcome()).isNull();
        set.wakeUp();
        assertThat(set.next(FOR_EVER)).as("a wake-up that came before").isNull();
        send(producers.get(0), 1);
        set.wakeUp();
        assertThat(set.next(FOR_EVER)).as("a wake-up comes before a message").isNull();
        assertThat(set.next(FOR_EVER)).isSameAs(consumers.get(0));
        consumers.get(0).poll(IGNORE, 1);
        var interrupted = new Waiting<>(() -> set.next(FOR_EVER));
        interrupted.awaitAsleep();
        interrupted.interrupt();
        assertThatThrownBy(interrupted::outcome).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anEmptySetAndOneTooLargeToSleepOnWaitToo() throws Exception {
        var empty = new Waiting<>(() -> set.next(FOR_EVER));
        empty.awaitAsleep();
        create(130);
        send(producers.get(129), 1);
        assertThat(empty.outcome()).isSameAs(consumers.get(129));
    }

    @Test
    void waitingAllocatesNothing() throws Exception {
        create(8);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20 && allocated >= 2000 * 8; round++) { // not before it is compiled
            long before = threads.getCurrentThreadAllocatedBytes();
            exchange(2000);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("bytes for 2000 waits: not one object each").isLessThan(2000 * 8);
    }

    private void exchange(int rounds) throws InterruptedException {
        for (int i = 0; i < rounds; i++) {
            producers.get(i % 8).offer(1, BYTES, 0, 8);
            var ready = set.next(FOR_EVER);
            if (ready != null) {
                ready.poll(IGNORE, 1);
            }
            set.next(20_000); // spins, and sleeps
        }
    }

    private static void send(RingProducer producer, int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(producer.offer(1, BYTES, 0, 8) > 0).isTrue();
        }
    }

    private void create(int rings) {
        var meeting = new RegionDirectory(directory);
        var attachment = Attachment.standard().in(meeting);
        var options = RingOptions.ofCapacity(1024);
        for (int i = 0; i < rings; i++) {
            SpscRing.create(meeting, "ring" + i, parking ? options.withParking() : options);
            producers.add(SpscRing.producer("ring" + i, attachment));
            consumers.add(SpscRing.consumer("ring" + i, attachment, ConsumerOptions.STANDARD));
            set.add(consumers.getLast());
        }
    }
}

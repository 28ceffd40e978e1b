package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.process.Await;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failures that Agrona's ring buffers were seen to have when processes come and go, beside what our rings do there by contract. Where
 * theirs ends, its users are meant to do better; this is what "better" has to be. A second object over the same bytes stands for a
 * second process. docs/failure-matrix.md has the whole list.
 */
class AgronaFailuresTest {
    private static final int CAPACITY = 1024;
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    @TempDir
    private Path directory;
    private final AtomicBuffer theirs = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH));
    private final List<Integer> received = new ArrayList<>();
    private final MessageHandler receive = (type, buffer, offset, length) -> received.add(type);
    private final org.agrona.concurrent.MessageHandler receiveTheirs = (type, buffer, index, length) -> received.add(type);

    @Test
    void w1AProducerThatDiedInTheMiddleOfAMessage() {
        new OneToOneRingBuffer(theirs).tryClaim(1, 8); // and never again
        var successor = new OneToOneRingBuffer(theirs);
        assertThat(successor.write(2, BYTES, 0, 8)).as("is accepted").isTrue();
        assertThat(successor.unblock()).isFalse();
        assertThat(successor.read(receiveTheirs)).as("and never comes").isZero();

        for (var kind : RingKind.QUEUES) {
            received.clear();
            var ours = TestRing.create(kind, directory, RingOptions.ofCapacity(CAPACITY));
            var dying = ours.producer();
            dying.tryClaim(1, 8, new Claim());
            dying.close();
            try (var producer = ours.producer(); var consumer = ours.consumer()) {
                assertThat(producer.offer(2, BYTES, 0, 8)).isPositive();
                Await.until("it comes", () -> consumer.poll(receive, 1) == 1);
            }
            assertThat(received).containsExactly(2);
            ours.remove();
        }
    }

    @Test
    void w2ACallWhoseSourceIsTooShort() {
        var ring = new ManyToOneRingBuffer(theirs);
        assertThatThrownBy(() -> ring.write(1, BYTES, 100, 100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(ring.write(2, BYTES, 0, 8)).isTrue();
        assertThat(ring.read(receiveTheirs)).as("blocked by what the failed call has claimed").isZero();

        var ours = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        try (var producer = ours.producer(); var consumer = ours.consumer()) {
            assertThatThrownBy(() -> producer.offer(1, BYTES, 100, 100)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(producer.offer(2, BYTES, 0, 8)).isPositive();
            assertThat(consumer.poll(receive, 5)).isEqualTo(1);
        }
    }

    @Test
    void w3AProducerThatDiedAsTheLastToClaim() {
        int tail = CAPACITY + RingBufferDescriptor.TAIL_POSITION_OFFSET;
        theirs.putLong(tail, 40); // it moved the tail, and died before it stored its length
        var ring = new ManyToOneRingBuffer(theirs);
        assertThat(ring.size()).isEqualTo(40);
        assertThat(ring.unblock()).isFalse();

        var ours = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        try (var consumer = ours.consumer()) {
            var dying = ours.producer();
            dying.tryClaim(1, 32, new Claim());
            dying.close();
            Await.until("it is let go of, and the end is told", () -> consumer.poll(receive, 1) == RingConsumer.CLOSED);
        }
    }

    /** Ours: {@link MpscInterleavingTest}, {@link MpscCrashTest}. */
    @Test
    void w4AConsumerThatDiedBetweenItsTwoLastStores() {
        var ring = new ManyToOneRingBuffer(theirs);
        for (int i = 1; i <= 3; i++) {
            ring.write(i, BYTES, 0, 24);
        }
        theirs.setMemory(0, 32, (byte) 0); // the first message was read and zeroed; head was not stored
        var successor = new ManyToOneRingBuffer(theirs);
        assertThat(successor.read(receiveTheirs)).as("two messages wait").isZero();
    }

    /** Ours: {@link MpscContractTest}, {@link MpscInterleavingTest}: nobody unblocks the living, and a late commit finds its own record. */
    @Test
    void w5AProducerThatWasSlowAndTakenForDead() {
        var slow = new ManyToOneRingBuffer(theirs);
        var other = new ManyToOneRingBuffer(theirs);
        int index = slow.tryClaim(1, 24);
        assertThat(other.unblock()).isTrue();
        assertThat(other.read(receiveTheirs)).isZero();
        for (int i = 1; i < CAPACITY / 32; i++) {
            assertThat(other.write(2, BYTES, 0, 24)).isTrue();
            other.read(receiveTheirs);
        }
        assertThat(other.tryClaim(9, 24)).as("a lap later, somebody else's").isEqualTo(index);
        received.clear();
        slow.commit(index);
        other.read(receiveTheirs);
        assertThat(received).as("delivered before its owner has committed it").containsExactly(9);
    }

    @Test
    void w6ALengthThatCannotBe() {
        var ring = new ManyToOneRingBuffer(theirs);
        ring.write(1, BYTES, 0, 8);
        theirs.putInt(0, Integer.MAX_VALUE);
        var lengths = new ArrayList<Integer>();
        try {
            ring.read((type, buffer, index, length) -> lengths.add(length), 1);
        } catch (IndexOutOfBoundsException e) {
            assertThat(e).hasMessageContaining("length"); // when it zeroes so much; the handler has had it by then
        }
        assertThat(lengths).containsExactly(Integer.MAX_VALUE - 8);
    }

    /** Ours: {@code RingContractTest} and the header's checks; a ring has a kind, and is opened as what it is. */
    @Test
    void w7AConsumerOfAnotherKind() {
        RingBuffer producer = new ManyToOneRingBuffer(theirs);
        while (producer.write(1, BYTES, 0, 120)) {
            assertThat(producer.size()).isPositive();
        }
        var wrong = new OneToOneRingBuffer(theirs);
        assertThat(wrong.read(receiveTheirs)).isEqualTo(8);
        assertThat(wrong.read(receiveTheirs)).as("nothing was written since").isEqualTo(8);

        TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        var mistaken = new TestRing(RingKind.SPSC, new RegionDirectory(directory), RingOptions.ofCapacity(CAPACITY));
        assertThatThrownBy(mistaken::consumer).isInstanceOf(RegionIncompatible.class).hasMessageContaining("MPSC");
    }

    @Test
    void w8ASecondConsumer() {
        var ring = new ManyToOneRingBuffer(theirs);
        ring.write(1, BYTES, 0, 8);
        var second = new ManyToOneRingBuffer(theirs);
        ring.read((type, buffer, index, length) -> {
            received.add(type);
            second.read(receiveTheirs);
        });
        assertThat(received).as("both have it").containsExactly(1, 1);

        for (var kind : RingKind.QUEUES) {
            var ours = TestRing.create(kind, directory, RingOptions.ofCapacity(CAPACITY));
            try (var consumer = ours.consumer()) {
                assertThat(consumer.poll(receive, 1)).isEqualTo(RingConsumer.EMPTY);
                assertThatThrownBy(ours::consumer).isInstanceOf(RoleTaken.class);
            }
            ours.remove();
        }
    }

    /** Theirs has a time of day that a consumer may store and nobody looks at; ours asks the kernel. */
    @Test
    void w9APeerThatIsGone() {
        var ring = new ManyToOneRingBuffer(theirs);
        ring.write(1, BYTES, 0, 8);
        assertThat(ring.consumerHeartbeatTime()).as("nobody ever came").isZero();

        for (var kind : RingKind.QUEUES) {
            var ours = TestRing.create(kind, directory, RingOptions.ofCapacity(CAPACITY));
            try (var producer = ours.producer()) {
                ours.consumer().close();
                while (producer.offer(1, BYTES, 0, 100) > 0) {
                    assertThat(producer.sequence()).isPositive();
                }
                assertThat(producer.offer(1, BYTES, 0, 100)).isEqualTo(MessageSink.NO_CONSUMER);
            }
            ours.remove();
        }
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ParticipantCounts;
import dev.slipring.core.ParticipantStatus;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionInspection;
import dev.slipring.core.Role;
import dev.slipring.core.Spinning;
import dev.slipring.core.WaitSet;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What participants of a ring count of themselves, as somebody from outside reads it; and that no message pays for it. */
class OwnCountersTest {
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final long A_WHILE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(RingKind.class)
    void noMessageCostsAStoreOfACount(RingKind kind) throws InterruptedException {
        var ring = TestRing.create(kind, directory, RingOptions.ofCapacity(4096));
        var recording = new Recording();
        try (var producer = ring.producer(recording.seam()); var consumer = ring.consumer(recording.seam(), ConsumerOptions.STANDARD)) {
            recording.clear(); // registering zeroes them
            for (int lap = 0; lap < 3; lap++) {
                for (int message = 0; message < 15; message++) {
                    assertThat(producer.offer(1, BYTES, 0, 100)).isPositive();
                }
                assertThat(consumer.poll(IGNORE, 100, A_WHILE_NS)).isEqualTo(15);
                assertThat(consumer.poll(IGNORE, 100)).isEqualTo(RingConsumer.EMPTY);
            }
            assertThat(recording.accesses()).isNotEmpty().noneMatch(access -> access.isStore() && access.area() == Area.PARTICIPANTS);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = "READER", mode = EnumSource.Mode.EXCLUDE)
    void aStallIsCountedOnceHoweverOftenItIsTriedAgain(RingKind kind) {
        var ring = TestRing.create(kind, directory, RingOptions.ofCapacity(4096));
        var recording = new Recording();
        try (var producer = ring.producer(recording.seam()); var consumer = ring.consumer()) {
            recording.clear();
            for (int stall = 1; stall <= 3; stall++) {
                fill(producer);
                for (int again = 0; again < 10; again++) {
                    assertThat(producer.offer(1, BYTES, 0, 100)).isEqualTo(MessageSink.FULL);
                }
                assertThat(counts(ring, Role.PRODUCER)).isEqualTo(new ParticipantCounts(stall, 0, 0, 0));
                assertThat(consumer.poll(IGNORE, 100)).isPositive();
            }
            assertThat(recording.accesses().stream().filter(access -> access.area() == Area.PARTICIPANTS && access.isStore()))
                .hasSize(3).allMatch(access -> access.call().equals("putLongOpaque"));
            assertThat(counts(ring, Role.CONSUMER)).isEqualTo(new ParticipantCounts(0, 0, 0, 0));
        }
    }

    @Test
    void whoIsRefusedBecauseNobodyReadsHasNotStalled() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(4096));
        try (var producer = ring.producer()) {
            ring.consumer().close();
            fill(producer);
            assertThat(producer.offer(1, BYTES, 0, 100)).isEqualTo(MessageSink.NO_CONSUMER);
            assertThat(counts(ring, Role.PRODUCER).stalls()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(RingKind.class)
    void whoSleepsCountsItAndWhoNapsDoesNot(RingKind kind) throws InterruptedException {
        for (var options : List.of(RingOptions.ofCapacity(4096).withParking(), RingOptions.ofCapacity(4096))) {
            var ring = TestRing.create(kind, directory, options);
            var sleepy = Attachment.standard().in(ring.directory()).with(Spinning.NONE);
            try (var producer = kind.producer("ring", sleepy); var consumer = kind.consumer("ring", sleepy, ConsumerOptions.STANDARD)) {
                assertThat(consumer.poll(IGNORE, 1, A_WHILE_NS)).isEqualTo(RingConsumer.EMPTY);
                if (options.parking()) {
                    assertThat(counts(ring, Role.CONSUMER).sleeps()).isEqualTo(1);
                    var set = new WaitSet<RingConsumer>(Spinning.NONE);
                    set.add(consumer);
                    assertThat(set.next(A_WHILE_NS)).isNull();
                    assertThat(counts(ring, Role.CONSUMER).sleeps()).as("with one more in a set").isEqualTo(2);
                } else {
                    assertThat(counts(ring, Role.CONSUMER).sleeps()).isZero();
                }
                assertThat(counts(ring, Role.PRODUCER)).isEqualTo(new ParticipantCounts(0, 0, 0, 0));
            }
            ring.remove();
        }
    }

    @Test
    void aReaderThatTakesPartCountsItsGapsAsItIsToldThem() {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(4096));
        try (var producer = ring.producer(); var polling = ring.parkingReader(JoinAt.latest());
            var inPlace = ring.parkingReader(JoinAt.latest()); var watching = ring.reader(JoinAt.latest())) {
            var told = new Losses();
            var toldWatcher = new Losses();
            long toldInPlace = 0;
            for (int round = 1; round <= 2; round++) {
                for (int message = 0; message < 100; message++) {
                    assertThat(producer.offer(1, BYTES, 0, 100)).isPositive();
                }
                assertThat(polling.poll(told, 100)).isPositive();
                assertThat(watching.poll(toldWatcher, 100)).isPositive();
                while (inPlace.receiveNext()) {
                    toldInPlace += inPlace.validate() ? inPlace.missed() : 0;
                }
                assertThat(all(ring.directory(), Role.CONSUMER)).as("and nobody else: the one that watches is unknown").containsExactly(
                    new ParticipantCounts(0, 0, told.gaps, told.messages), new ParticipantCounts(0, 0, round, toldInPlace));
                assertThat(told.gaps).isEqualTo(toldWatcher.gaps).isEqualTo(round);
                assertThat(toldInPlace).isPositive();
            }
        }
    }

    @Test
    void aSuccessorBeginsAtZeroAndWhoHasClosedStoresNothing() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(4096));
        try (var consumer = ring.consumer()) {
            var closed = ring.producer();
            fill(closed);
            assertThat(counts(ring, Role.PRODUCER).stalls()).isEqualTo(1);
            closed.close();
            try (var successor = ring.producer()) {
                assertThat(counts(ring, Role.PRODUCER)).isEqualTo(new ParticipantCounts(0, 0, 0, 0));
                assertThat(successor.offer(1, BYTES, 0, 100)).isEqualTo(MessageSink.FULL);
                assertThat(consumer.poll(IGNORE, 1)).isEqualTo(1);
                assertThatThrownBy(() -> closed.offer(1, BYTES, 0, 100)).hasMessageContaining("is closed");
                assertThat(counts(ring, Role.PRODUCER).stalls()).isEqualTo(1);
            }
        }
    }

    @Test
    void noCountReachesTheFileOnceItsHandleIsClosed() {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(4096));
        try (var region = Region.attach("ring", RingKind.SPSC.regionKind(), Access.OWN, Role.PRODUCER,
            true, Attachment.standard().in(ring.directory()))) {
            var counters = region.counters();
            counters.stalled(64);
            assertThat(counts(ring, Role.PRODUCER).stalls()).isEqualTo(1);
            region.close();
            try (var successor = ring.producer()) {
                counters.stalled(128);
                counters.missed(5);
                assertThat(counts(ring, Role.PRODUCER)).isEqualTo(new ParticipantCounts(0, 0, 0, 0));
                assertThat(successor.position()).isZero();
            }
        }
    }

    private static void fill(RingProducer producer) {
        while (producer.offer(1, BYTES, 0, 100) > 0) {
            assertThat(producer.position()).isPositive();
        }
    }

    private static ParticipantCounts counts(TestRing ring, Role role) {
        return all(ring.directory(), role).getFirst();
    }

    private static List<ParticipantCounts> all(RegionDirectory in, Role role) {
        return RegionInspection.of(in, "ring").participants().stream().filter(each -> each.who().role() == role)
            .map(ParticipantStatus::counts).toList();
    }

    /** What a reader is told to have lost. */
    private static final class Losses implements BroadcastHandler {
        private int gaps;
        private long messages;

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            // only what is missing matters
        }

        @Override
        public void onGap(long first, long last) {
            gaps++;
            messages += last - first + 1;
        }
    }
}

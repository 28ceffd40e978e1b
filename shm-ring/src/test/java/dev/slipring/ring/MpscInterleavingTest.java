package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.Closing;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The interleavings that the protocol of an MPSC ring was made for. One side stands still in the middle of a call; others go on. */
class MpscInterleavingTest {
    private static final int CAPACITY = 1024;
    private static final int GRANULES = CAPACITY / MpscDescriptor.ALIGNMENT;
    private static final int QUARTER = GRANULES / 4;
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    @TempDir
    private Path directory;
    private TestRing ring;
    private final List<Integer> received = new ArrayList<>();
    private final MessageHandler receive = (type, buffer, offset, length) -> received.add(type);

    @BeforeEach
    void createRing() {
        ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
    }

    /** What a payload may look like to a producer that stands still before its compare-and-set. */
    enum Disguise {
        ZERO, OLD_EMPTY, NEXT_EMPTY, OTHER_EMPTY, PADDING, CLAIM, MESSAGE;

        long word(long epoch, long awaited) {
            return switch (this) {
                case ZERO -> 0;
                case OLD_EMPTY -> MpscDescriptor.empty(epoch, awaited - CAPACITY);
                case NEXT_EMPTY -> MpscDescriptor.empty(epoch, awaited + CAPACITY);
                case OTHER_EMPTY -> MpscDescriptor.empty(epoch, awaited + MpscDescriptor.ALIGNMENT);
                case PADDING -> MpscDescriptor.padding(MpscDescriptor.ALIGNMENT);
                case CLAIM -> MpscDescriptor.claim(MpscDescriptor.ALIGNMENT, 1, 1);
                case MESSAGE -> RecordDescriptor.header(64, 3);
            };
        }
    }

    @Test
    void aConsumerThatIsClosedWhileItReleasesMarksNothing() {
        var closing = new Closing(Area.CONSUMER, "putLongRelease");
        try (var producer = ring.producer(); var consumer = ring.consumer(closing.over(MemorySeam.DIRECT), ConsumerOptions.STANDARD)) {
            for (int i = 0; i < GRANULES; i++) {
                assertThat(producer.offer(i, BYTES, 0, 8)).isPositive();
            }
            assertThat(consumer.poll(receive, 3 * QUARTER)).isEqualTo(3 * QUARTER);
            closing.arm(consumer::close);
            assertThatThrownBy(() -> consumer.poll(receive, QUARTER)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
            assertThat(received).hasSize(GRANULES);
            assertThat(closing.stored()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProducerStoppedBeforeItsClaimFindsALapLaterNothingThatLooksLikeRoom(Disguise disguise) {
        long awaited = CAPACITY + MpscDescriptor.ALIGNMENT; // in the second lap, so that there was one before
        long word = disguise.word(ring.epoch(), awaited);
        assertThat(stoppedForALapAt(awaited, word)).as("the payload that lies where it wanted to claim").isEqualTo(word);
        assertThat(received).endsWith(3, 1);
    }

    /** The residue: of 2^63 words, the one that it waits for. It shows, too, that the test above can fail. */
    @Test
    void onlyTheVeryWordOfThatPositionAndLapWouldBeTakenForRoom() {
        long awaited = CAPACITY + MpscDescriptor.ALIGNMENT;
        long word = MpscDescriptor.empty(ring.epoch(), awaited);
        assertThat(stoppedForALapAt(awaited, word)).isNotEqualTo(word);
    }

    /** Returns what became of the payload word that lies there, a lap later, before it is read. */
    private long stoppedForALapAt(long awaited, long word) {
        try (var other = ring.producer(); var consumer = ring.consumer()) {
            fillTo(other, consumer, awaited);
            var payload = new UnsafeBuffer(new byte[120]);
            payload.putLong(MpscDescriptor.ALIGNMENT - RecordDescriptor.HEADER_LENGTH, word);
            long[] found = {0};
            var lap = Interjection.once(Area.DATA, "compareAndSetLong", () -> {
                fillTo(other, consumer, 2 * CAPACITY);
                other.offer(3, payload, 0, payload.capacity()); // from one granule before the awaited one's place to behind it
            });
            try (var slow = ring.producer(lap.over(MemorySeam.DIRECT))) {
                lap.arm();
                slow.offer(1, BYTES, 0, 8);
            }
            assertThat(lap.isOver()).isTrue();
            consumer.poll((type, buffer, offset, length) -> {
                found[0] = length == payload.capacity() ? buffer.getLong(offset + 56) : found[0];
                received.add(type);
            }, 10);
            return found[0];
        }
    }

    /** Records of one granule, all of them read. */
    private void fillTo(RingProducer producer, RingConsumer consumer, long position) {
        while (consumer.position() < position) {
            assertThat(producer.offer(2, BYTES, 0, 8)).isPositive();
            assertThat(consumer.poll(receive, 1)).isEqualTo(1);
        }
    }

    /** Wherever in its offer a producer stands still for two laps, its message comes whole, once, and nothing else changes. */
    @Test
    void aProducerThatStandsStillBetweenAnyTwoAccessesForTwoLapsSendsItsMessageAfterAll() {
        int accesses = 0;
        for (int stop = 0; stop <= accesses; stop++) {
            received.clear();
            int[] made = {-1};
            int stopAt = stop;
            try (var other = ring.producer(); var consumer = ring.consumer()) {
                other.offer(2, BYTES, 0, 100);
                Interjection twoLaps = (area, call, arguments) -> {
                    if (made[0] >= 0 && made[0]++ == stopAt) {
                        for (int i = 0; i < 2 * GRANULES; i++) {
                            other.offer(2, BYTES, 0, i % 3 * 50);
                            consumer.poll(receive, 10);
                        }
                    }
                };
                try (var slow = ring.producer(twoLaps.over(MemorySeam.DIRECT))) {
                    made[0] = 0;
                    assertThat(slow.offer(1, BYTES, 0, 8)).as("stopped before access %d", stop).isPositive();
                    accesses = made[0];
                    made[0] = -1;
                }
                consumer.poll(receive, 100);
                assertThat(received.stream().filter(type -> type == 1)).as("stopped before access %d", stop).hasSize(1);
            }
        }
        assertThat(accesses).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aTailHintThatADeadProducerLeftBehindTheConsumerMisleadsNobody() {
        try (var consumer = ring.consumer(); var before = ring.producer()) {
            var process = new FaultyProcess();
            var death = Interjection.once(Area.PRODUCER, "putLongOpaque", process::kill);
            var dying = ring.producer(death.over(process.seam()));
            death.arm();
            assertThatThrownBy(() -> dying.offer(1, BYTES, 0, 8)).isInstanceOf(ProcessDied.class);
            assertThatThrownBy(dying::close).isInstanceOf(ProcessDied.class);
            Await.until("the claim is let go of", () -> consumer.poll(receive, 1) == RingConsumer.EMPTY
                && consumer.position() == MpscDescriptor.ALIGNMENT);
            try (var after = ring.producer()) {
                assertThat(after.position()).as("the hint says 0, which is consumed").isEqualTo(MpscDescriptor.ALIGNMENT);
                for (int i = 0; i < 3 * GRANULES; i++) {
                    assertThat((i % 2 == 0 ? after : before).offer(2, BYTES, 0, 8)).isPositive();
                    assertThat(consumer.poll(receive, 1)).isEqualTo(1);
                }
            }
        }
        assertThat(received).hasSize(3 * GRANULES).containsOnly(2);
    }

    /** A poll of a quarter of the ring stores its checkpoint, then consumed, 4 marks, head. */
    @ParameterizedTest
    @CsvSource({"CONSUMER, putLongRelease, 0", "DATA, putLong, 0", "DATA, putLong, 1", "DATA, putLong, 3",
        "CONSUMER, putLongRelease, 1"})
    void aConsumerKilledWhileItGivesBackLeavesARingThatWorksForOldAndNewProducers(Area area, String call, int skip) {
        try (var before = ring.producer()) {
            for (int i = 0; i < GRANULES; i++) {
                assertThat(before.offer(i, BYTES, 0, 8)).isPositive();
            }
            killConsumer(area, call, skip, QUARTER);
            assertThat(received).hasSize(QUARTER);
            assertThat(before.offer(99, BYTES, 0, 8)).as("nothing was given back").isNegative();
            try (var after = ring.producer()) {
                assertThat(after.offer(99, BYTES, 0, 8)).isNegative();
                try (var consumer = ring.consumer()) {
                    assertThat(consumer.position()).as("the checkpoint was stored").isEqualTo(CAPACITY / 4);
                    for (int i = GRANULES; i < GRANULES + QUARTER; i++) {
                        assertThat((i % 2 == 0 ? before : after).offer(i, BYTES, 0, 8)).isPositive();
                    }
                    assertThat(before.offer(99, BYTES, 0, 8)).isNegative();
                    assertThat(consumer.poll(receive, 100)).isEqualTo(GRANULES);
                }
            }
        }
        assertThat(received).isSorted().doesNotHaveDuplicates().hasSize(GRANULES + QUARTER);
    }

    private void killConsumer(Area area, String call, int skip, int limit) {
        var process = new FaultyProcess();
        var death = Interjection.once(area, call, process::kill);
        var consumer = ring.consumer(death.over(process.seam()), ConsumerOptions.STANDARD);
        death.arm(skip);
        assertThatThrownBy(() -> consumer.poll(receive, limit)).isInstanceOf(ProcessDied.class);
        assertThatThrownBy(consumer::close).isInstanceOf(ProcessDied.class);
    }

    /** What its owner may do with a claim, after the consumer has seen it open and before the consumer asks whether the owner lives. */
    enum Late implements Consumer<Claim> {
        COMMIT {
            @Override
            public void accept(Claim claim) {
                claim.commit();
            }
        },
        COMMIT_SHORTER {
            @Override
            public void accept(Claim claim) {
                claim.commit(3);
            }
        },
        ABORT {
            @Override
            public void accept(Claim claim) {
                claim.abort();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedJustBeforeItsOwnersDeathIsNotTurnedIntoPadding(Late late) {
        try (var other = ring.producer()) {
            var owner = ring.producer();
            var claim = new Claim();
            assertThat(owner.tryClaim(1, 100, claim)).isPositive();
            assertThat(other.offer(2, BYTES, 0, 8)).isPositive();
            var end = Interjection.once(Area.PARTICIPANTS, "getIntAcquire", () -> {
                late.accept(claim);
                owner.close();
            });
            boolean[] tried = {false};
            Interjection look = (area, call, arguments) -> {
                if (area == Area.DATA && call.equals("compareAndSetLong")) {
                    tried[0] = true;
                }
            };
            try (var consumer = ring.consumer(look.over(end.over(MemorySeam.DIRECT)), ConsumerOptions.STANDARD)) {
                end.arm();
                Await.until("it is read", () -> consumer.poll(receive, 5) > 0);
            }
            assertThat(end.isOver() && tried[0]).as("the consumer had seen the claim, and its owner gone").isTrue();
            assertThat(received).isEqualTo(late == Late.ABORT ? List.of(2) : List.of(1, 2));
        }
    }

    @Test
    void aConsumerThatOnlyPeeksLetsGoOfTheDeadBehindPaddingToo() {
        try (var other = ring.producer(); var consumer = ring.consumer()) {
            var claim = new Claim();
            other.tryClaim(1, 8, claim);
            claim.abort();
            var dying = ring.producer();
            dying.tryClaim(1, 8, new Claim());
            assertThat(other.offer(2, BYTES, 0, 8)).isPositive();
            dying.close();
            Await.until("the message behind the dead one's claim is seen", () -> consumer.peek(receive, 1) == 1);
        }
        assertThat(received).containsExactly(2);
    }

    @Test
    void aSourceThatFailsWhileItIsCopiedLeavesNoClaim() {
        var treacherous = new UnsafeBuffer(new byte[64]) {
            private int checks;

            @Override
            public void boundsCheck(int index, int length) {
                if (++checks > 1) {
                    throw new UnsupportedOperationException("on purpose");
                }
            }
        };
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            assertThatThrownBy(() -> producer.offer(1, treacherous, 0, 64)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(producer.offer(2, BYTES, 0, 8)).isPositive();
            assertThat(consumer.poll(receive, 5)).isEqualTo(1);
            assertThat(producer.sequence()).isEqualTo(1);
        }
        assertThat(received).containsExactly(2);
    }
}

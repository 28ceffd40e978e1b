package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link SpscOrderTest}, of a broadcast ring. */
class BroadcastOrderTest {
    private static final int CAPACITY = 4096;
    private static final int RECORDS = CAPACITY / BroadcastDescriptor.ALIGNMENT;
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);
    private static final int SECOND_MARK = BroadcastDescriptor.markOffset(1);

    private static final Predicate<Access> INTENT_STORE = access -> access.storesTo(Area.PRODUCER, BroadcastDescriptor.INTENT_OFFSET);
    private static final Predicate<Access> INTENT_LOAD = access -> access.loads(Area.PRODUCER, BroadcastDescriptor.INTENT_OFFSET);
    private static final Predicate<Access> TAIL_STORE = access -> access.storesTo(Area.PRODUCER, BroadcastDescriptor.TAIL_OFFSET);
    private static final Predicate<Access> DATA_STORE = access -> access.isStore() && access.area() == Area.DATA;
    private static final Predicate<Access> DATA_LOAD = access -> access.isLoad() && access.area() == Area.DATA;
    private static final Predicate<Access> GATE_STORE = access -> access.isStore() && access.area() == Area.CONSUMER;
    private static final Predicate<Access> GATE_LOAD = access -> access.isLoad() && access.area() == Area.CONSUMER;

    @TempDir
    private Path directory;

    @Test
    void whatIsOverwrittenIsAnnouncedFirst() {
        requireAnnouncementOrder(Recording.Weakening.NONE);
    }

    @Test
    void aPublishIsOrdered() {
        requirePublishOrder(Recording.Weakening.NONE);
    }

    @Test
    void aTakeoverIsOrdered() {
        requireTakeoverOrder(Recording.Weakening.NONE);
    }

    @Test
    void aReadIsOrdered() {
        requireReadOrder(Recording.Weakening.NONE);
    }

    @Test
    void anEmptyLookIsValidated() {
        requireEmptyLookOrder(Recording.Weakening.NONE);
    }

    @Test
    void aSubscriptionIsOrdered() {
        requireGateOrder(Recording.Weakening.NONE);
    }

    /** Without the call at all, it is as if the intent came after the stores. */
    @ParameterizedTest
    @CsvSource({"PRODUCER, fullFence, ''", "PRODUCER, fullFence, loadLoadFence", "PRODUCER, putLongOpaque, ''",
        "PRODUCER, fullFence, storeStoreFence"})
    void aWeakerAnnouncementIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireAnnouncementOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"DATA, putLongRelease, putLong", "PRODUCER, putLongRelease, putLong", "DATA, putLong, ''"})
    void aWeakerPublishIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requirePublishOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"PRODUCER, fullFence, ''", "PRODUCER, putLongOpaque, ''", "PRODUCER, putLongRelease, putLong"})
    void aWeakerTakeoverIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireTakeoverOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"DATA, getLongAcquire, getLong", "PRODUCER, loadLoadFence, ''"})
    void aWeakerReadIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireReadOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aWeakerGateIsNoticed() {
        assertThatThrownBy(() -> requireGateOrder(weaker(Area.CONSUMER, "fullFence", ""))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> requireGateOrder(weaker(Area.CONSUMER, "putLongRelease", "putLong"))).isInstanceOf(AssertionError.class);
    }

    private static Recording.Weakening weaker(Area area, String call, String instead) {
        return (inArea, asked) -> inArea == area && asked.equals(call) ? instead : asked;
    }

    private static Predicate<Access> offset(Predicate<Access> of, int from, int to) {
        return access -> of.test(access) && access.offset() >= from && access.offset() < to;
    }

    /** A full ring; the next record, at the start, and the zero behind it overwrite the two oldest. */
    private void requireAnnouncementOrder(Recording.Weakening weakening) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var subscriber = ring.subscriber(JoinAt.latest()); var producer = ring.producer(recording.seam(weakening))) {
            fill(producer, RECORDS - 1);
            subscriber.poll(new Ignoring(), RECORDS);
            for (int i = 0; i < 3; i++) {
                recording.clear();
                long last = producer.position() + 2 * BroadcastDescriptor.ALIGNMENT;
                fill(producer, 1);
                subscriber.poll(new Ignoring(), 1);
                recording.requireOrder("intent before what it announces", INTENT_STORE, DATA_STORE);
                recording.requireOrder("intent before the gates are read", INTENT_STORE, GATE_LOAD);
                recording.requireOrder("the gates before what they permit", GATE_LOAD, DATA_STORE);
                assertThat(recording.accesses()).as("the zero header is announced too")
                    .anyMatch(access -> INTENT_STORE.test(access) && access.value() >= last);
            }
        } finally {
            ring.remove();
        }
    }

    /** Records at 0 and 64, of which the second is a batch, then one that was committed shorter than claimed, at 256. */
    private void requirePublishOrder(Recording.Weakening weakening) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var producer = ring.producer(recording.seam(weakening))) {
            fill(producer, 1);
            recording.clear();
            try (var batch = producer.batch()) {
                for (int i = 0; i < 3; i++) {
                    batch.offer(1, BYTES, 0, 16);
                }
                batch.publish();
            }
            requirePublished(recording, 64, 256);
            recording.clear();
            try (var claim = new Claim()) {
                producer.tryClaim(1, 100, claim);
                claim.commit(8);
            }
            requirePublished(recording, 256, 320);
        } finally {
            ring.remove();
        }
    }

    private static void requirePublished(Recording recording, int start, int end) {
        Predicate<Access> header = access -> access.storesTo(Area.DATA, start);
        recording.requireOrder("the record, and what is behind it in a batch, before the first header", offset(DATA_STORE, start + 1, end),
            header);
        recording.requireOrder("the zero before the first header", access -> access.storesTo(Area.DATA, end) && access.value() == 0,
            header);
        recording.requireNever("nothing is stored to what is published", header, offset(DATA_STORE, start, end + 1));
        Predicate<Access> mark = access -> access.storesTo(Area.PRODUCER, BroadcastDescriptor.markOffset(start / 64));
        recording.requireOrder("the header before its mark", header, mark);
        recording.requireOrder("the mark before the tail", mark, TAIL_STORE);
    }

    private void requireTakeoverOrder(Recording.Weakening weakening) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var first = ring.producer()) {
            fill(first, 2);
        }
        try (var subscriber = ring.subscriber(JoinAt.oldest()); var producer = ring.producer(recording.seam(weakening))) {
            fill(producer, 1);
            subscriber.position();
            recording.requireOrder("the intent of the one before, again, before the gates are read", INTENT_STORE, GATE_LOAD);
            recording.requireOrder("the marks before the tail", access -> access.storesTo(Area.PRODUCER, SECOND_MARK), TAIL_STORE);
            recording.requireOrder("the walk before the mark of what it found", access -> access.loads(Area.DATA, 64),
                access -> access.storesTo(Area.PRODUCER, SECOND_MARK));
        } finally {
            ring.remove();
        }
    }

    private void requireReadOrder(Recording.Weakening weakening) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var producer = ring.producer(); var reader = ring.reader(recording.seam(weakening), JoinAt.latest())) {
            fill(producer, 2);
            recording.clear();
            reader.poll(new Ignoring(), 1);
            recording.requireOrder("the header before its record", access -> access.loads(Area.DATA, 0), offset(DATA_LOAD, 8, 64));
            requireValidated(recording);
            recording.clear();
            reader.receiveNext();
            reader.validate();
            recording.requireOrder("the header before its record", access -> access.loads(Area.DATA, 64), offset(DATA_LOAD, 72, 128));
            requireValidated(recording);
        } finally {
            ring.remove();
        }
    }

    private void requireEmptyLookOrder(Recording.Weakening weakening) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var reader = ring.reader(recording.seam(weakening), JoinAt.latest())) {
            recording.clear();
            assertThat(reader.poll(new Ignoring(), 1)).isEqualTo(RingConsumer.EMPTY);
            requireValidated(recording);
            recording.clear();
            assertThat(reader.receiveNext()).isFalse();
            requireValidated(recording);
        } finally {
            ring.remove();
        }
    }

    private static void requireValidated(Recording recording) {
        recording.requireOrder("what was loaded before the intent that says it was whole", DATA_LOAD, INTENT_LOAD);
        assertThat(recording.accesses().reversed().stream().filter(DATA_LOAD.or(INTENT_LOAD)).findFirst()).as("the last look")
            .hasValueSatisfying(access -> assertThat(access).matches(INTENT_LOAD));
    }

    private void requireGateOrder(Recording.Weakening weakening) {
        var ring = TestBroadcast.create(directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var producer = ring.producer()) {
            fill(producer, RECORDS + 7);
            try (var subscriber = ring.subscriber(recording.seam(weakening), JoinAt.oldest())) {
                recording.requireOrder("the gate before the intent", GATE_STORE.and(access -> access.value() != 0), INTENT_LOAD);
                recording.clear();
                subscriber.poll(new Ignoring(), 5);
                recording.requireOrder("what was read before the gate", DATA_LOAD, GATE_STORE);
            }
        } finally {
            ring.remove();
        }
    }

    private static void fill(RingProducer producer, int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(producer.offer(1, BYTES, 0, 8)).isPositive();
        }
    }

    /** Takes everything. */
    private static final class Ignoring implements BroadcastHandler {
        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            // nothing to do
        }

        @Override
        public void onGap(long first, long last) {
            // nothing to do
        }
    }
}

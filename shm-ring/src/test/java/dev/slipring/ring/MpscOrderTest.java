package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders of docs/memory-model.md for MPSC rings, each required of the accesses as they are made; and each order taken away once. */
class MpscOrderTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);
    private static final int CAPACITY = 1024;
    private static final int GRANULES = CAPACITY / MpscDescriptor.ALIGNMENT;

    private static final Predicate<Access> CLAIM = access -> access.call().equals("compareAndSetLong") && access.area() == Area.DATA;
    private static final Predicate<Access> WORD_LOAD = access -> access.isLoad() && access.area() == Area.DATA && !CLAIM.test(access);
    private static final Predicate<Access> HEAD_LOAD = access -> access.loads(Area.CONSUMER, MpscDescriptor.HEAD_OFFSET);
    private static final Predicate<Access> CONSUMED_LOAD = access -> access.loads(Area.CONSUMER, MpscDescriptor.CONSUMED_OFFSET);
    private static final Predicate<Access> HINT_STORE = access -> access.storesTo(Area.PRODUCER, MpscDescriptor.TAIL_OFFSET);
    private static final Predicate<Access> INDEX_STORE = access -> access.storesTo(Area.CHECKPOINTS, CheckpointDescriptor.INDEX_OFFSET);
    private static final Predicate<Access> CONSUMED_STORE = access -> access.storesTo(Area.CONSUMER, MpscDescriptor.CONSUMED_OFFSET);
    private static final Predicate<Access> HEAD_STORE = access -> access.storesTo(Area.CONSUMER, MpscDescriptor.HEAD_OFFSET);
    private static final Predicate<Access> MARK = access -> access.isStore() && access.area() == Area.DATA && MpscDescriptor.isEmpty(
        access.value());

    @TempDir
    private Path directory;

    @Test
    void aSendIsOrdered() {
        requireSendOrder(Recording.Weakening.NONE, recorded -> recorded);
    }

    @Test
    void aWalkIsOrdered() {
        requireWalkOrder(Recording.Weakening.NONE, recorded -> recorded);
    }

    @Test
    void aReleaseOfSpaceIsOrdered() {
        requireReleaseOrder(Recording.Weakening.NONE);
    }

    @Test
    void aTakeoverByAConsumerIsOrdered() {
        requireTakeoverOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"DATA, putLongRelease, putLong", "CONSUMER, getLongAcquire, getLong"})
    void aWeakerSendIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireSendOrder(weaker(area, call, instead), recorded -> recorded)).isInstanceOf(AssertionError.class);
    }

    /** A claim by a look and a store, as two producers may both do. */
    @Test
    void aClaimThatIsNoCompareAndSetIsNoticed() {
        requireNoticed("the claim is a compare-and-set", memory -> new ForwardingMemory(memory) {
            @Override
            public boolean compareAndSetLong(int offset, long expected, long update) {
                boolean same = getLongAcquire(offset) == expected;
                if (same) {
                    putLongRelease(offset, update);
                }
                return same;
            }
        });
    }

    @Test
    void aHeaderThatIsShortenedBeforeThePaddingIsThereIsNoticed() {
        requireNoticed("the padding before the shorter record", memory -> new ForwardingMemory(memory) {
            private Runnable padding = () -> { };

            @Override
            public void putLong(int offset, long value) {
                padding = () -> super.putLong(offset, value);
            }

            @Override
            public void putLongRelease(int offset, long value) {
                super.putLongRelease(offset, value);
                padding.run();
                padding = () -> { };
            }
        });
    }

    @Test
    void aHintThatComesBeforeTheClaimIsNoticed() {
        var words = new Memory[1];
        assertThatThrownBy(() -> requireSendOrder(Recording.Weakening.NONE, recorded -> (area, mapped) -> {
            var memory = recorded.wrap(area, mapped);
            words[0] = area == Area.PRODUCER ? memory : words[0];
            return area != Area.DATA ? memory : new ForwardingMemory(memory) {
                @Override
                public boolean compareAndSetLong(int offset, long expected, long update) {
                    words[0].putLongOpaque(MpscDescriptor.TAIL_OFFSET, words[0].getLongOpaque(MpscDescriptor.TAIL_OFFSET));
                    return super.compareAndSetLong(offset, expected, update);
                }
            };
        })).isInstanceOf(AssertionError.class).hasMessageContaining("hint");
    }

    @Test
    void aWalkThatOrdersNoLoadsIsNoticed() {
        assertThatThrownBy(() -> requireWalkOrder(weaker(Area.DATA, "getLongAcquire", "getLong"), recorded -> recorded))
            .isInstanceOf(AssertionError.class);
    }

    @Test
    void aWalkThatRemembersWhatWasConsumedIsNoticed() {
        assertThatThrownBy(() -> requireWalkOrder(Recording.Weakening.NONE, recorded -> (area, mapped) -> {
            var memory = recorded.wrap(area, mapped);
            return area != Area.CONSUMER ? memory : new ForwardingMemory(memory) {
                private final long remembered = mapped.getLong(MpscDescriptor.CONSUMED_OFFSET);

                @Override
                public long getLongAcquire(int offset) {
                    return offset == MpscDescriptor.CONSUMED_OFFSET ? remembered : super.getLongAcquire(offset);
                }
            };
        })).isInstanceOf(AssertionError.class).hasMessageContaining("consumed");
    }

    @ParameterizedTest
    @CsvSource({"CONSUMER, putLongRelease, putLong", "DATA, storeStoreFence, ''", "DATA, getLongAcquire, getLong"})
    void aWeakerReleaseOfSpaceIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireReleaseOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"CONSUMER, putLongRelease, putLong", "DATA, storeStoreFence, ''"})
    void aWeakerTakeoverIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireTakeoverOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    private static Recording.Weakening weaker(Area area, String call, String instead) {
        return (inArea, asked) -> inArea == area && asked.equals(call) ? instead : asked;
    }

    private void requireNoticed(String rule, UnaryOperator<Memory> mistakeInData) {
        assertThatThrownBy(() -> requireSendOrder(Recording.Weakening.NONE, recorded -> (area, mapped) -> {
            var memory = recorded.wrap(area, mapped);
            return area == Area.DATA ? mistakeInData.apply(memory) : memory;
        })).isInstanceOf(AssertionError.class).hasMessageContaining(rule);
    }

    /** At position 0 of the second lap, which the producer knows of only by asking for head: a claim of 128 bytes that shrinks to 64. */
    private void requireSendOrder(Recording.Weakening weakening, UnaryOperator<MemorySeam> mistake) {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var consumer = ring.consumer(); var producer = ring.producer(mistake.apply(recording.seam(weakening)))) {
            fill(producer);
            consumer.poll(IGNORE, GRANULES);
            recording.clear();
            var claim = new Claim();
            producer.tryClaim(1, 100, claim);
            claim.commit(8);
            producer.offer(1, BYTES, 0, 8);
            recording.requireOrder("head is read before the word", HEAD_LOAD, WORD_LOAD);
            recording.requireOrder("the claim is a compare-and-set, before anything of the record is stored", CLAIM,
                access -> access.isStore() && access.area() == Area.DATA);
            recording.requireNever("the claim is a compare-and-set, before anything of the record is stored",
                access -> access.isStore() && access.area() == Area.DATA && access.offset() == 0 && !CLAIM.test(access),
                access -> CLAIM.test(access) && access.offset() == 0);
            recording.requireOrder("the padding before the shorter record", access -> access.storesTo(Area.DATA, 64)
                && MpscDescriptor.isPadding(access.value()), access -> access.storesTo(Area.DATA, 0) && !CLAIM.test(access));
            recording.requireOrder("the payload before its header", access -> access.storesTo(Area.DATA, 136),
                access -> access.storesTo(Area.DATA, 128) && !CLAIM.test(access));
            recording.requireNever("no hint before its claim", HINT_STORE, access -> CLAIM.test(access) && access.offset() == 0);
            recording.requireOrder("the claim before the hint", CLAIM, HINT_STORE);
        } finally {
            ring.remove();
        }
    }

    /** A producer that sent the first record finds two of another behind it. */
    private void requireWalkOrder(Recording.Weakening weakening, UnaryOperator<MemorySeam> mistake) {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var other = ring.producer(); var producer = ring.producer(mistake.apply(recording.seam(weakening)))) {
            producer.offer(1, BYTES, 0, 8);
            other.offer(1, BYTES, 0, 8);
            other.offer(1, BYTES, 0, 8);
            recording.clear();
            producer.offer(1, BYTES, 0, 8);
            for (int offset : new int[] {64, 128}) {
                recording.requireOrder("consumed is read after the word", access -> WORD_LOAD.test(access) && access.offset() == offset,
                    CONSUMED_LOAD);
            }
            recording.requireOrder("a word before the next one", access -> access.loads(Area.DATA, 64), access -> access.loads(Area.DATA,
                128));
        } finally {
            ring.remove();
        }
    }

    private void requireReleaseOrder(Recording.Weakening weakening) {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        try (var producer = ring.producer(); var consumer = ring.consumer(recording.seam(weakening), ConsumerOptions.STANDARD)) {
            fill(producer);
            recording.clear();
            consumer.poll(IGNORE, 8);
            recording.requireOrder("the records are read before it is said that they were consumed", WORD_LOAD, CONSUMED_STORE);
            recording.requireOrder("the checkpoint before consumed", INDEX_STORE, CONSUMED_STORE);
            requireGivenBackInOrder(recording);
            recording.requireOrder("a word before the next one", access -> access.loads(Area.DATA, 0), access -> access.loads(Area.DATA,
                64));
        } finally {
            ring.remove();
        }
    }

    /** From a consumer that died when it had stored the first mark. */
    private void requireTakeoverOrder(Recording.Weakening weakening) {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(CAPACITY));
        var recording = new Recording();
        var process = new FaultyProcess();
        var death = Interjection.once(Area.DATA, "putLong", process::kill);
        try (var producer = ring.producer()) {
            fill(producer);
            var dying = ring.consumer(death.over(process.seam()), ConsumerOptions.STANDARD);
            death.arm(1);
            assertThatThrownBy(() -> dying.poll(IGNORE, 8)).isInstanceOf(ProcessDied.class);
            assertThatThrownBy(dying::close).isInstanceOf(ProcessDied.class);
            try (var consumer = ring.consumer(recording.seam(weakening), ConsumerOptions.STANDARD)) {
                consumer.position();
                requireGivenBackInOrder(recording);
            }
        } finally {
            ring.remove();
        }
    }

    private static void requireGivenBackInOrder(Recording recording) {
        recording.requireOrder("consumed before the marks", CONSUMED_STORE, MARK);
        recording.requireOrder("the marks before head", MARK, HEAD_STORE);
    }

    private static void fill(RingProducer producer) {
        for (int i = 0; i < GRANULES; i++) {
            producer.offer(1, BYTES, 0, 8);
        }
    }
}

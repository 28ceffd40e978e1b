package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders of docs/memory-model.md, each required of the accesses as they are made; and each order taken away once. */
class FrameOrderTest {
    private static final Predicate<Access> WORD = access -> access.area() == Area.CONSUMER
        && access.offset() < PoolDescriptor.seatOffset(0) && access.call().contains("Long");
    private static final Predicate<Access> WORD_STORE = WORD.and(Access::isStore);
    private static final Predicate<Access> PUBLISHED_STORE = access -> access.storesTo(Area.PRODUCER, PoolDescriptor.PUBLISHED_OFFSET);
    private static final Predicate<Access> PUBLISHED_LOAD = access -> access.loads(Area.PRODUCER, PoolDescriptor.PUBLISHED_OFFSET);
    private static final Predicate<Access> ENTRY_STORE = access -> access.isStore() && access.area() == Area.PRODUCER
        && access.offset() >= PoolDescriptor.entryOffset(0);
    private static final Predicate<Access> ENTRY_LOAD = access -> access.isLoad() && access.area() == Area.PRODUCER
        && access.offset() >= PoolDescriptor.entryOffset(0);
    private static final Predicate<Access> DATA_STORE = access -> access.isStore() && access.area() == Area.DATA;
    private static final Predicate<Access> DATA_LOAD = access -> access.isLoad() && access.area() == Area.DATA;
    private static final Predicate<Access> CURSOR_STORE = access -> access.isStore() && access.area() == Area.CONSUMER
        && access.offset() >= PoolDescriptor.seatOffset(0) && (access.offset() - PoolDescriptor.seatOffset(0)) % 512
        == PoolDescriptor.SEAT_CURSOR;

    private static final int CONSUMERS_FLAG = 4;
    private static final int PRODUCERS_FLAG = 132;

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void aPublishIsOrdered() {
        requirePublishOrder(Recording.Weakening.NONE);
    }

    @Test
    void aLeaseIsOrdered() {
        requireLeaseOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"PRODUCER, putLongRelease, putLong", "CONSUMER, putLongRelease, putLong", "CONSUMER, fullFence, ''"})
    void aWeakerPublishIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requirePublishOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"PRODUCER, getLongAcquire, getLong", "CONSUMER, fullFence, ''"})
    void aWeakerLeaseIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireLeaseOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoPublishesOrTakesLooksAfterwardsWhetherSomebodySleeps() {
        requireBellOrder(Recording.Weakening.NONE);
    }

    @Test
    void aBellWithoutItsFenceIsNoticed() {
        assertThatThrownBy(() -> requireBellOrder(weaker(Area.WAITERS, "lightFence", ""))).isInstanceOf(AssertionError.class);
    }

    @Test
    void withoutParkingNobodyLooksWhetherSomebodySleeps() {
        var pool = TestPool.create(directory, 4);
        var recording = new Recording();
        try (var consumer = pool.consumer(recording.seam(), ConsumerPolicy.lossless(2)); var producer = pool.producer(recording.seam())) {
            publishAndTake(producer, consumer);
        }
        assertThat(recording.accesses()).isNotEmpty().noneMatch(access -> access.area() == Area.WAITERS);
        pool.remove();
    }

    private static Recording.Weakening weaker(Area area, String call, String instead) {
        return (inArea, asked) -> inArea == area && asked.equals(call) ? instead : asked;
    }

    private void requirePublishOrder(Recording.Weakening weakening) {
        var pool = TestPool.create(directory, 4);
        var recording = new Recording();
        try (var producer = pool.producer(recording.seam(weakening))) {
            recording.clear();
            assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
            recording.requireOrder("the word is taken before anything is written", WORD_STORE, DATA_STORE);
            recording.requireOrder("what was written before the word is idle", DATA_STORE, WORD_STORE);
            recording.requireOrder("what was written before it is announced", DATA_STORE, PUBLISHED_STORE);
            recording.requireOrder("the idle word before it is announced", WORD_STORE, PUBLISHED_STORE);
            recording.requireOrder("the entry before it is announced", ENTRY_STORE, PUBLISHED_STORE);
            recording.requireNever("nothing is written once it is announced", PUBLISHED_STORE, DATA_STORE);
            assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
            recording.requireOrder("what was announced before the look at who came", PUBLISHED_STORE,
                access -> access.isLoad() && access.area() == Area.COUNTERS);
        } finally {
            pool.remove();
        }
    }

    private void requireLeaseOrder(Recording.Weakening weakening) {
        var pool = TestPool.create(directory, 4);
        var recording = new Recording();
        try (var producer = pool.producer()) {
            assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
            try (var consumer = pool.consumer(recording.seam(weakening), ConsumerPolicy.latest())) {
                recording.requireOrder("that it came before the look at what was published",
                    access -> access.isStore() && access.area() == Area.PARTICIPANTS, PUBLISHED_LOAD);
                recording.clear();
                var lease = new Lease();
                assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
                recording.requireOrder("the count before the entry", PUBLISHED_LOAD, ENTRY_LOAD);
                recording.requireOrder("the entry before the word", ENTRY_LOAD, WORD.and(Access::isLoad));
                recording.requireOrder("the lease before what is read", WORD_STORE, DATA_LOAD);
                recording.requireOrder("the lease before the cursor", WORD_STORE, CURSOR_STORE);
                lease.close();
                recording.requireOrder("what was read before the lease ends", DATA_LOAD, WORD_STORE);
            }
        } finally {
            pool.remove();
        }
    }

    private void requireBellOrder(Recording.Weakening weakening) {
        var pool = TestPool.create(directory, PoolOptions.of(4, TestPool.SMALL).withParking());
        var recording = new Recording();
        try (var consumer = pool.consumer(recording.seam(weakening), ConsumerPolicy.lossless(2));
            var producer = pool.producer(recording.seam(weakening))) {
            recording.clear();
            publishAndTake(producer, consumer);
            recording.requireOrder("the frame before the look", PUBLISHED_STORE, access -> access.loads(Area.WAITERS, CONSUMERS_FLAG));
            recording.requireOrder("the room before the look", CURSOR_STORE, access -> access.loads(Area.WAITERS, PRODUCERS_FLAG));
        } finally {
            pool.remove();
        }
    }

    private static void publishAndTake(FrameProducer producer, FrameConsumer consumer) {
        assertThat(Picture.publish(producer, TestPool.SMALL)).isTrue();
        var lease = new Lease();
        assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
        lease.close();
    }
}

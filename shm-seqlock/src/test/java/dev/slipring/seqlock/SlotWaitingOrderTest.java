package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Spinning;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Waiting;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of who writes and who goes to sleep, each stores, passes a fence, and then looks; and each order taken away once. Who dies on the way to
 * waking somebody costs the sleeper one slice; who dies asleep costs the writer one call.
 */
class SlotWaitingOrderTest {
    private static final int LENGTH = 24;
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final SlotOptions OPTIONS = SlotOptions.ofPayload(LENGTH).withParking();
    private static final Slot SLOT = Slot.of(OPTIONS.layout(), 0);
    private static final int SEQ = TableDescriptor.bell(SeqlockSlot.KEY.value()) * 128;
    private static final int FLAG = SEQ + 4;
    private static final Predicate<Access> EVEN = access -> access.storesTo(Area.DATA, SLOT.cellOffset(2)) && access.value() % 2 == 0;
    private static final Predicate<Access> LATEST = access -> access.storesTo(Area.DATA, SLOT.latestOffset());
    private static final Predicate<Access> LOOKS_FOR_SLEEPERS = access -> access.loads(Area.WAITERS, FLAG);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWritesLooksAfterwardsWhetherSomebodySleeps(boolean shared) {
        requireWriterOrder(shared, Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWriterWithoutItsFenceIsNoticed(boolean shared) {
        assertThatThrownBy(() -> requireWriterOrder(shared, weaker("lightFence", ""))).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoGoesToSleepLooksOnceMoreAfterwards() throws InterruptedException {
        requireSleeperOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"heavyFence, ''", "getIntAcquire, getInt"})
    void aWeakerSleeperIsNoticed(String call, String instead) {
        assertThatThrownBy(() -> requireSleeperOrder(weaker(call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aSlotWithoutParkingTouchesNoWaiterWordAndPassesNoFence() throws InterruptedException {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        var recording = new Recording();
        try (var writer = slot.writer(recording.seam()); var reader = subscriber(recording.seam())) {
            assertThat(reader.awaitNewer(TIMEOUT_NS)).isEqualTo(Read.NONE_YET);
            TestSlot.write(writer, LENGTH);
            assertThat(reader.awaitNewer(TIMEOUT_NS)).isEqualTo(Read.OK);
        }
        assertThat(recording.accesses()).isNotEmpty()
            .noneMatch(access -> access.area() == Area.WAITERS || access.call().matches("(full|light|heavy)Fence"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAWriterKilledAtAnyStoreHasLeftIsFoundByWhoSleeps(boolean shared) throws Exception {
        boolean finished = false;
        for (int store = shared ? 1 : 0; !finished; store++) { // nobody misses a shared writer that has not taken the slot
            var slot = TestSlot.create(directory, OPTIONS);
            var process = new FaultyProcess();
            try (var reader = subscriber(MemorySeam.DIRECT); var newcomer = slot.reader()) {
                var writer = shared ? slot.sharedWriter(process.seam()) : slot.writer(process.seam());
                TestSlot.write(writer, LENGTH);
                assertThat(reader.read()).isEqualTo(Read.OK);
                var waiting = new Waiting<>(() -> reader.awaitNewer(Long.MAX_VALUE));
                waiting.awaitAsleep();
                process.dieAfter(store);
                finished = write(writer);
                process.kill(writer);
                var outcome = waiting.outcome();
                assertThat(newcomer.read().isDelivered()).isTrue();
                assertThat(reader.value().version()).isEqualTo(newcomer.value().version());
                assertThat(outcome).isIn(Read.WRITER_DEAD, newcomer.value().version() == 2 ? Read.OK : Read.WRITER_DEAD);
                TestSlot.require(reader.value());
                assertThat(store).as("stores of a write").isLessThan(100);
            }
            slot.remove();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bid", "ask", "quote"})
    void aWriterLooksForThoseWhoSleepOnTheBellOfItsKeyOnly(String name) {
        var key = SlotKey.of(name);
        var there = new RegionDirectory(directory);
        SlotTable.create(there, "table", OPTIONS.slots(4));
        var recording = new Recording();
        try (var writers = SlotTable.writer("table", attachment().through(recording.seam()))) {
            var writer = writers.writer(key);
            recording.clear();
            TestSlot.write(writer, LENGTH);
            assertThat(recording.accesses()).filteredOn(access -> access.area() == Area.WAITERS && access.isLoad()).extracting(
                Access::offset).containsExactly(TableDescriptor.bell(key.value()) * 128 + 4);
        }
    }

    @Test
    void theFlagOfADeadSleeperIsTakenDownByTheNextWrite() throws InterruptedException {
        var slot = TestSlot.create(directory, OPTIONS);
        var process = new FaultyProcess();
        try (var writer = slot.writer(); var watching = Region.watch("slot", RegionKind.SLOT_TABLE, attachment())) {
            var waiters = watching.view(Area.WAITERS);
            var sleeper = subscriber(process.seam());
            assertThat(sleeper.awaitNewer(TimeUnit.MILLISECONDS.toNanos(5))).isEqualTo(Read.NONE_YET);
            process.kill(sleeper);
            int seq = waiters.getIntAcquire(SEQ);
            assertThat(flag(waiters)).isEqualTo(1);
            TestSlot.write(writer, LENGTH);
            assertThat(flag(waiters)).isZero();
            assertThat(waiters.getIntAcquire(SEQ)).isEqualTo(seq + 1);
            TestSlot.write(writer, LENGTH);
            assertThat(waiters.getIntAcquire(SEQ)).as("and nobody is woken for nothing again").isEqualTo(seq + 1);
        }
    }

    private static int flag(ReadMemory waiters) {
        return waiters.getIntAcquire(FLAG);
    }

    private static boolean write(SlotWriter writer) {
        try {
            TestSlot.write(writer, LENGTH);
            return true;
        } catch (ProcessDied expected) {
            return false;
        }
    }

    private static Recording.Weakening weaker(String call, String instead) {
        return (area, asked) -> area == Area.WAITERS && asked.equals(call) ? instead : asked;
    }

    private void requireWriterOrder(boolean shared, Recording.Weakening weakening) {
        var slot = TestSlot.create(directory, OPTIONS);
        var recording = new Recording();
        try (var writer = shared ? slot.sharedWriter(recording.seam(weakening)) : slot.writer(recording.seam(weakening))) {
            TestSlot.write(writer, LENGTH);
            recording.clear();
            TestSlot.write(writer, LENGTH);
            recording.requireOrder("the value before the look", EVEN, LOOKS_FOR_SLEEPERS);
            recording.requireOrder("its announcement before the look", LATEST, LOOKS_FOR_SLEEPERS);
        } finally {
            slot.remove();
        }
    }

    private void requireSleeperOrder(Recording.Weakening weakening) throws InterruptedException {
        var slot = TestSlot.create(directory, OPTIONS);
        var recording = new Recording();
        try (var writer = slot.writer(); var reader = subscriber(recording.seam(weakening))) {
            TestSlot.write(writer, LENGTH);
            assertThat(reader.read()).isEqualTo(Read.OK);
            recording.clear();
            assertThat(reader.awaitNewer(TIMEOUT_NS)).isEqualTo(Read.NONE_YET);
            recording.requireOrder("seq before the flag", access -> access.loads(Area.WAITERS, SEQ),
                access -> access.storesTo(Area.WAITERS, FLAG));
            recording.requireOrder("the flag before the look", access -> access.storesTo(Area.WAITERS, FLAG),
                access -> access.loads(Area.DATA, SLOT.cellOffset(2)));
        } finally {
            slot.remove();
        }
    }

    private SlotReader subscriber(MemorySeam seam) {
        return SeqlockSlot.subscriber("slot", attachment().through(seam));
    }

    private Attachment attachment() {
        return Attachment.standard().in(new RegionDirectory(directory)).with(Spinning.NONE);
    }
}

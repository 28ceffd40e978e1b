package dev.slipring.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipring.core.SpyMemory.Killed;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionCloseTest {
    private static final int CYCLES = Integer.getInteger("slipring.cycles", 2_000);

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    @Test
    void closingGivesTheRoleBackAtOnce() {
        for (int i = 0; i < 50; i++) {
            meeting.producer("region").close();
            meeting.consumer("region").close();
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void closingTwiceIsClosingOnceWhoeverHasTheRoleThen() {
        var first = meeting.producer("region");
        first.close();
        try (var second = meeting.producer("region")) {
            first.close();
            assertThat(second.participants().closedInOrder(Role.PRODUCER)).isEqualTo(1);
            assertThat(second.participants().isDead(0, 2)).isFalse();
            assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> meeting.producer("region"));
        }
        meeting.assertNothingLeftBut("region");
    }

    /** A closed region reads as zeros; whoever was about to sleep when somebody else closed it expects something else, and does not. */
    @Test
    void nobodySleepsOnWhatAClosedRegionReadsAs() {
        meeting.create("parking", new RegionSpec(RegionKind.SPSC_RING, Meeting.CAPACITY, 64, 0, true, Schema.NONE));
        try (var region = meeting.producer("parking")) {
            var bell = requireNonNull(region.doorbell(Role.PRODUCER));
            assertThat(bell.raise()).as("of a bell that nobody has rung").isNotZero();
            region.memory(Area.WAITERS).putInt(WaiterDescriptor.seqOffset(WaiterDescriptor.PRODUCER_SIDE), -1);
            bell.wakeAnyway();
            assertThat(bell.raise()).as("of one that was rung 2^32 times").isNotZero();
        }
    }

    @Test
    void manyThreadsMayCloseOneHandle() throws InterruptedException {
        for (int round = 1; round <= 50; round++) {
            var region = meeting.producer("region");
            var start = new CountDownLatch(1);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    awaitQuietly(start);
                    region.close();
                }));
            }
            start.countDown();
            for (var thread : threads) {
                thread.join();
            }
        }
        try (var watcher = meeting.watcher("region")) {
            assertThat(watcher.participants().closedInOrder(Role.PRODUCER)).isEqualTo(50);
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void afterCloseEveryQuestionAndEveryAreaSaysThatItIsClosed() {
        for (var region : new Region[] {meeting.producer("region"), meeting.consumer("region"), meeting.watcher("region")}) {
            var participants = region.participants();
            assertThat(region.isClosed()).isFalse();
            region.close();
            assertThat(region.isClosed()).isTrue();
            assertThat(region.toString()).endsWith("closed)");
            assertSaysClosed(region::checkOpen);
            for (var area : Area.values()) {
                assertSaysClosed(() -> region.memory(area));
                assertSaysClosed(() -> region.view(area));
            }
            for (var role : Role.values()) {
                assertSaysClosed(() -> participants.attached(role));
                assertSaysClosed(() -> participants.closedInOrder(role));
                assertSaysClosed(() -> participants.died(role));
                assertSaysClosed(() -> participants.diedBeforeEra(role));
            }
            assertSaysClosed(() -> participants.isDead(0, 1));
            assertSaysClosed(() -> participants.isDead(63, 0));
            assertSaysClosed(participants::list);
            assertSaysClosed(participants::countTheDead);
        }
    }

    @Test
    void aMemoryKeptBeyondCloseReadsZerosAndReachesNothing() throws IOException {
        var producer = meeting.producer("region");
        var data = producer.memory(Area.DATA);
        var words = producer.memory(Area.PARTICIPANTS);
        data.putLong(8, 42);
        producer.close();
        byte[] before = Files.readAllBytes(path.resolve("region"));
        assertThat(data.getLong(8)).isZero();
        data.putLong(8, 43);
        words.putLong(0, -1);
        assertThat(Files.readAllBytes(path.resolve("region"))).isEqualTo(before);
        assertThat(before[3 * RegionDescriptor.PAGE_ALIGNMENT + 8]).isEqualTo((byte) 42);
    }

    @Test
    void noStoreOfAnyThreadReachesTheFileOnceCloseHasReturned() throws Exception {
        for (int round = 0; round < 30; round++) {
            var region = meeting.producer("region");
            var storing = new Storing(region);
            var thread = Thread.ofPlatform().start(storing);
            Await.until("the thread stores at full speed", () -> storing.stores > 20_000);
            region.close();
            byte[] atClose = Files.readAllBytes(path.resolve("region"));
            long storesThen = storing.stores;
            Await.until("the thread has gone on storing", () -> storing.stores > storesThen + 100_000);
            assertThat(Files.readAllBytes(path.resolve("region"))).describedAs("round %s", round).isEqualTo(atClose);
            storing.stop = true;
            thread.join();
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void othersHearOfADepartureOnlyWhenNoStoreOfItReachesTheFileAnyMore() {
        var late = new ArrayList<Memory>();
        int[] heard = new int[1];
        MemorySeam seam = (area, memory) -> area != Area.COUNTERS ? memory : new SpyMemory(memory, (operation, offset) -> {
            heard[0]++;
            late.forEach(kept -> kept.putLong(0, -1)); // a thread in the middle of an operation
        });
        var producer = Meeting.producer("region", meeting.attachment.through(seam));
        var areas = new Area[] {Area.DATA, Area.PRODUCER, Area.CONSUMER};
        for (var area : areas) {
            producer.memory(area).putLong(0, 42);
            late.add(producer.memory(area));
        }
        heard[0] = 0;
        producer.close();
        assertThat(heard[0]).isPositive();
        try (var watcher = meeting.watcher("region")) {
            for (var area : areas) {
                assertThat(watcher.view(area).getLong(0)).describedAs("%s", area).isEqualTo(42);
            }
        }
    }

    @Test
    void aStoreAfterWhichTheHandleIsStillOpenIsInTheFile() throws Exception {
        for (int round = 0; round < 300; round++) {
            var region = meeting.producer("region");
            var data = region.memory(Area.DATA);
            data.putLong(0, 0);
            long[] counted = new long[1];
            var ready = new CountDownLatch(1);
            var thread = Thread.ofPlatform().start(() -> {
                for (long value = 1; ; value++) {
                    data.putLongRelease(0, value); // a plain store might be moved behind the look at the flag
                    if (region.isClosed()) {
                        return;
                    }
                    counted[0] = value;
                    if (value == 100) {
                        ready.countDown();
                    }
                }
            });
            ready.await();
            region.close();
            thread.join();
            try (var watcher = meeting.watcher("region")) {
                assertThat(watcher.view(Area.DATA).getLong(0)).describedAs("round %s", round).isGreaterThanOrEqualTo(counted[0]);
            }
        }
    }

    @Test
    void anAreaAskedForWhileAnotherThreadClosesIsNeverMappedForGood() throws Exception {
        for (int round = 0; round < 400; round++) {
            var region = meeting.producer("region");
            var start = new CountDownLatch(1);
            var asking = Thread.ofPlatform().start(() -> {
                awaitQuietly(start);
                try {
                    for (var area : new Area[] {Area.DATA, Area.PRODUCER, Area.CONSUMER}) {
                        region.memory(area);
                    }
                } catch (IllegalStateException closed) {
                    assertThat(closed).hasMessage("region region is closed");
                }
            });
            start.countDown();
            for (int i = 0; i < round % 40 * 50; i++) {
                Thread.onSpinWait();
            }
            region.close();
            asking.join();
            assertThat(meeting.mappings()).describedAs("round %s", round).isEmpty();
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aSeamThatFailsWhileAttachingLeavesNothing() {
        for (int wrap = 1; wrap <= 2; wrap++) {
            int fails = wrap;
            int[] wraps = new int[1];
            var failing = meeting.attachment.through((area, memory) -> {
                if (++wraps[0] == fails) {
                    throw new Killed();
                }
                return memory;
            });
            assertThatExceptionOfType(Killed.class).isThrownBy(() -> Meeting.producer("region", failing));
            meeting.assertNothingLeftBut("region");
        }
    }

    @Test
    void thousandsOfLivesLeaveNoFileDescriptorMappingOrAddressSpace() throws IOException {
        var spec = new RegionSpec(RegionKind.SPSC_RING, 1 << 20, 64, 0, false, Schema.NONE);
        meeting.create("large", spec);
        long before = addressSpaceKib();
        int descriptorsBefore = allDescriptors();
        for (int i = 0; i < CYCLES; i++) {
            try (var producer = meeting.producer("large"); var consumer = meeting.consumer("large")) {
                producer.memory(Area.DATA).putInt(0, i);
                assertThat(consumer.view(Area.DATA).getInt(0)).isEqualTo(i);
            }
        }
        meeting.assertNothingLeftBut("region", "large");
        assertThat(allDescriptors()).as("descriptors, nameless ones too; the JVM itself may open one or the other")
            .isLessThan(descriptorsBefore + 20);
        long grown = CYCLES * 2L * 1024;
        Await.until("the address space of closed regions is given back", () -> {
            System.gc();
            return addressSpaceKib() < before + grown / 10;
        });
    }

    /** Stores ever higher values all over the data area. */
    private static final class Storing implements Runnable {
        private final Memory data;
        private volatile long stores;
        private volatile boolean stop;

        Storing(Region region) {
            data = region.memory(Area.DATA);
        }

        @Override
        public void run() {
            long count = 0;
            while (!stop) {
                for (int offset = 0; offset < Meeting.CAPACITY; offset += Long.BYTES) {
                    data.putLong(offset, ++count);
                }
                stores = count;
            }
        }
    }

    private static void assertSaysClosed(ThrowingCallable call) {
        assertThatIllegalStateException().isThrownBy(call).withMessage("region region is closed");
    }

    private static long addressSpaceKib() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            var size = lines.filter(line -> line.startsWith("VmSize:")).findFirst().orElseThrow();
            return Long.parseLong(size.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int allDescriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return (int) all.count();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

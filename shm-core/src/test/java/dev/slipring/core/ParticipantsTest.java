package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.SpyMemory.DiesAt;
import dev.slipring.core.SpyMemory.Killed;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes part, within one JVM; {@link ParticipantsIT} kills whole processes. */
class ParticipantsTest {
    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    @Test
    void everyLifeOfASlotHasItsGeneration() {
        for (int life = 1; life <= 5; life++) {
            try (var producer = meeting.producer("region"); var consumer = meeting.consumer("region")) {
                assertThat(producer.participants().slot()).isZero();
                assertThat(producer.participants().generation()).isEqualTo(life);
                assertThat(consumer.participants().slot()).isEqualTo(1);
                assertThat(consumer.participants().generation()).isEqualTo(life);
            }
        }
    }

    @Test
    void arrivalsAndDeparturesAreCountedPerRole() {
        try (var watcher = meeting.watcher("region")) {
            assertCounts(watcher, Role.PRODUCER, 0, 0, 0);
            try (var producer = meeting.producer("region")) {
                assertCounts(producer, Role.PRODUCER, 1, 0, 0);
            }
            assertCounts(watcher, Role.PRODUCER, 1, 1, 0);
            try (var one = meeting.someConsumer("region"); var two = meeting.someConsumer("region")) {
                assertCounts(one, Role.CONSUMER, 2, 0, 0);
                assertCounts(two, Role.CONSUMER, 2, 0, 0);
            }
            assertCounts(watcher, Role.CONSUMER, 2, 2, 0);
            assertCounts(watcher, Role.PRODUCER, 1, 1, 0);
        }
    }

    @Test
    void theListSaysWhoLivesHereSinceWhenAndAsWhat() {
        var before = Instant.now();
        try (var producer = Meeting.producer("region", meeting.attachment.as("Zoë's feed"))) {
            var info = producer.participants().list().getFirst();
            assertThat(info.slot()).isZero();
            assertThat(info.generation()).isEqualTo(1);
            assertThat(info.role()).isEqualTo(Role.PRODUCER);
            assertThat(info.name()).isEqualTo("Zoë's feed");
            assertThat(info.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(info.since()).isBetween(before, Instant.now());
        }
    }

    @Test
    void aLifeIsOverWhenItsHandleClosesAndStaysOverInTheNextOne() {
        try (var watcher = meeting.watcher("region")) {
            var first = meeting.producer("region");
            int slot = first.participants().slot();
            int generation = first.participants().generation();
            assertThat(watcher.participants().isDead(slot, generation)).isFalse();
            assertThat(first.participants().isDead(slot, generation)).describedAs("of itself").isFalse();
            assertThat(watcher.participants().isDead(slot, generation + 1)).isTrue();
            assertThat(watcher.participants().isDead(slot, generation - 1)).isTrue();
            first.close();
            assertThat(watcher.participants().isDead(slot, generation)).isTrue();
            try (var second = meeting.producer("region")) {
                assertThat(second.participants().slot()).isEqualTo(slot);
                assertThat(watcher.participants().isDead(slot, generation)).isTrue();
                assertThat(watcher.participants().isDead(slot, second.participants().generation())).isFalse();
            }
        }
    }

    @Test
    void whoDiesAtAnyStoreOfHisArrivalIsCountedAsDeadOrNotAtAll() {
        for (int store = 1; ; store++) {
            var death = new DiesAt(store);
            var dying = meeting.attachment.through((area, memory) -> new SpyMemory(memory, death));
            try {
                Meeting.producer("region", dying).close();
                if (!death.died()) {
                    break;
                }
            } catch (Killed e) {
                assertThat(death.died()).isTrue();
            }
            assertThat(meeting.descriptors()).isEmpty();
            try (var next = meeting.producer("region")) {
                var participants = next.participants();
                long died = participants.died(Role.PRODUCER);
                long closed = participants.closedInOrder(Role.PRODUCER);
                assertThat(participants.attached(Role.PRODUCER)).isEqualTo(died + closed + 1);
                assertThat(participants.list()).hasSize(1);
                assertThat(participants.slot()).isZero();
            }
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void anEraBeginsWhenSomebodyComesWhileNobodyLives() {
        diesWithoutClosing();
        try (var consumer = meeting.consumer("region")) {
            var participants = consumer.participants();
            assertThat(participants.died(Role.PRODUCER)).isEqualTo(1);
            assertThat(participants.diedBeforeEra(Role.PRODUCER)).as("the era that this death ended").isZero();
            try (var successor = meeting.producer("region")) {
                assertThat(participants.diedBeforeEra(Role.PRODUCER)).isEqualTo(1);
                assertThat(successor.isClosed()).isFalse();
            }
            assertThat(participants.died(Role.PRODUCER)).as("the last era ended in order").isEqualTo(1);
        }
    }

    @Test
    void theDeadAreCountedOnceWhoeverAsks() {
        try (var one = meeting.someConsumer("region"); var two = meeting.someConsumer("region")) {
            diesWithoutClosing();
            assertCounts(one, Role.PRODUCER, 1, 0, 0);
            for (int i = 0; i < 3; i++) {
                one.participants().countTheDead();
                two.participants().countTheDead();
            }
            assertCounts(one, Role.PRODUCER, 1, 0, 1);
            assertCounts(one, Role.CONSUMER, 2, 0, 0);
        }
    }

    @Test
    void aWatcherSeesTheDeadButLeavesCountingThemToOthers() {
        try (var watcher = meeting.watcher("region")) {
            diesWithoutClosing();
            watcher.participants().countTheDead();
            assertCounts(watcher, Role.PRODUCER, 1, 0, 0);
            assertThat(watcher.participants().list()).isEmpty();
            assertThat(watcher.participants().isDead(0, 1)).isTrue();
        }
    }

    @Test
    void aHostileJournalIsDamageToWhoArrivesAndHoldsNobodyBackFromLeaving() throws IOException {
        var producer = meeting.producer("region");
        overwrite(start(Area.COUNTERS), 1, 99, 0, 0, 0, 0);
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(() -> meeting.consumer("region"))
            .withMessageContaining("region region is damaged: its journal sets count 99");
        producer.close();
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aRoleThatIsNoneIsDamage() throws IOException {
        diesWithoutClosing();
        overwrite(start(Area.PARTICIPANTS) + ParticipantDescriptor.roleOffset(0), 7);
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(() -> meeting.consumer("region"))
            .withMessage("region region is damaged: participant slot 0 has role 7, expected 0…1; remove it and create it anew");
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void rubbishInTheTableAndTheCountsIsATypedErrorAtWorst() throws IOException {
        var random = Seed.random("rubbishInTheTableAndTheCountsIsATypedErrorAtWorst");
        for (int round = 0; round < 150; round++) {
            for (int i = 0; i < 40; i++) {
                int offset = random.nextInt((ParticipantDescriptor.TABLE_LENGTH + 256) / 4) * 4;
                overwrite(RegionDescriptor.PAGE_ALIGNMENT + offset, random.nextBoolean() ? random.nextInt(-2, 3) : random.nextInt());
            }
            try (var consumer = meeting.consumer("region"); var watcher = meeting.watcher("region")) {
                consumer.participants().countTheDead();
                assertThat(watcher.participants().list()).hasSizeLessThanOrEqualTo(1);
                assertThat(consumer.participants().list()).asString().isNotEmpty();
            } catch (RegionCorrupt | RegionFull expected) {
                assertThat(expected).hasMessageContaining("region region");
                overwrite(start(Area.COUNTERS), 0);
                for (int slot = 0; slot < RegionDescriptor.MAX_PARTICIPANTS; slot++) {
                    overwrite(start(Area.PARTICIPANTS) + ParticipantDescriptor.stateOffset(slot), 0);
                }
            }
            meeting.assertNothingLeftBut("region");
        }
    }

    @Test
    void anInterruptedThreadWaitsForTheRepairLockLikeAnyOtherAndStaysInterrupted() throws InterruptedException {
        var interrupted = new AtomicBoolean();
        var arriving = Thread.ofPlatform().unstarted(() -> {
            Thread.currentThread().interrupt();
            meeting.producer("region").close();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        int fd = Linux.open(path.resolve("region").toString(), Linux.O_RDWR | Linux.O_CLOEXEC, 0);
        try (var other = new LockFile(fd)) {
            assertThat(other.tryExclusive(LockFile.REPAIR)).isTrue();
            arriving.start();
            Await.until("it waits", () -> arriving.getState() == Thread.State.TIMED_WAITING);
        }
        arriving.join();
        assertThat(interrupted).isTrue();
        meeting.assertNothingLeftBut("region");
    }

    /** A producer whose departure fails at its first store, as after kill -9: the kernel has the locks, the table knows nothing. */
    private void diesWithoutClosing() {
        var death = new SpyMemory.Spy[] {(operation, offset) -> { }};
        var dying = meeting.attachment.through((area, memory) ->
            new SpyMemory(memory, (operation, offset) -> death[0].before(operation, offset)));
        var producer = Meeting.producer("region", dying);
        death[0] = new DiesAt(1);
        assertThatExceptionOfType(Killed.class).isThrownBy(producer::close);
    }

    private static void assertCounts(Region region, Role role, long attached, long closed, long died) {
        assertThat(region.participants().attached(role)).describedAs("attached").isEqualTo(attached);
        assertThat(region.participants().closedInOrder(role)).describedAs("closed in order").isEqualTo(closed);
        assertThat(region.participants().died(role)).describedAs("died").isEqualTo(died);
    }

    private static long start(Area area) {
        return RegionDescriptor.extent(RegionKind.SPSC_RING, area, RegionDescriptor.PAGE_ALIGNMENT, Meeting.CAPACITY).offset();
    }

    private void overwrite(long offset, int... words) throws IOException {
        try (var file = new RandomAccessFile(path.resolve("region").toFile(), "rw")) {
            file.seek(offset);
            for (int word : words) {
                file.writeInt(Integer.reverseBytes(word));
            }
        }
    }
}

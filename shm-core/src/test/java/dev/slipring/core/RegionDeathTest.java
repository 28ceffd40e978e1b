package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.SpyMemory.Killed;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever dies at whichever store of creating, arriving, leaving or counting the dead: nothing is left of it but the truth. Each store is
 * tried in program order and as a weakly ordered machine may show it; {@link ParticipantTableTest} does the same for the journal alone,
 * and for whoever dies while completing it.
 */
class RegionDeathTest {
    /** The first is program order, each other one another subset of the unordered stores. */
    private static final int ORDERS = 5;

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    /** What a process does, up to {@code arm} unharmed. It may return: then it lived to the end. */
    @FunctionalInterface
    private interface Life {
        void live(Attachment attachment, Runnable arm);
    }

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
    }

    @Test
    void aCreatorLeavesNothing() {
        int stores = everyDeath(() -> { }, (attachment, arm) -> {
            arm.run();
            Region.create(meeting.directory, "region", Meeting.SPEC, attachment.seam(), areas -> areas.memory(Area.DATA).putLong(0, 1));
        }, () -> {
            meeting.assertNothingLeftBut();
            meeting.create("region");
            Region.remove(meeting.directory, "region");
        });
        assertThat(stores).as("one of the data, the header in words, and the magic").isEqualTo(1 + 63 + 1);
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void anArrivalThatFindsADeadHolderOfItsRoleAndAJournalIsADeathMoreOrNothing() {
        int stores = everyDeath(() -> {
            meeting.create("region");
            leaveADeadProducerAndAJournal();
        }, (attachment, arm) -> {
            arm.run();
            Meeting.producer("region", attachment).close();
        }, () -> {
            try (var third = meeting.consumer("region")) {
                long attached = third.participants().attached(Role.PRODUCER);
                long closed = third.participants().closedInOrder(Role.PRODUCER);
                assertThat(attached).isBetween(1 + closed, 2L);
                assertEnds(third, Role.PRODUCER, attached, closed, attached - closed);
                assertEnds(third, Role.CONSUMER, 2, 0, 1);
                assertThat(saysDead(third)).isEqualTo(closed == 0);
            }
            assertSoundAndRemove();
        });
        assertThat(stores).isGreaterThan(30);
    }

    @Test
    void aDepartureHappensInOrderOrIsADeathAndNeverBoth() {
        int stores = everyDeath(() -> meeting.create("region"), (attachment, arm) -> {
            var leaving = Meeting.producer("region", attachment);
            diesBetweenCountAndState();
            arm.run();
            leaving.close();
        }, () -> {
            try (var third = meeting.consumer("region")) {
                long closed = third.participants().closedInOrder(Role.PRODUCER);
                assertThat(closed).isBetween(0L, 1L);
                assertEnds(third, Role.PRODUCER, 1, closed, 1 - closed);
                assertEnds(third, Role.CONSUMER, 2, 0, 1);
                assertThat(saysDead(third)).isEqualTo(closed == 0);
            }
            assertSoundAndRemove();
        });
        assertThat(stores).isGreaterThan(15);
    }

    @Test
    void whoCountsTheDeadCountsThemOnceHoweverOftenTheCounterDies() {
        int stores = everyDeath(() -> meeting.create("region"), (attachment, arm) -> {
            try (var counting = Meeting.consumer("region", attachment)) {
                leaveADeadProducerAndAJournal();
                arm.run();
                counting.participants().countTheDead();
            }
        }, () -> {
            try (var third = meeting.consumer("region")) {
                assertEnds(third, Role.PRODUCER, 1, 0, 1);
                long closed = third.participants().closedInOrder(Role.CONSUMER);
                assertThat(closed).isBetween(0L, 1L);
                assertEnds(third, Role.CONSUMER, 3, closed, 2 - closed);
                assertThat(saysDead(third)).isTrue();
            }
            assertSoundAndRemove();
        });
        assertThat(stores).isGreaterThan(25);
    }

    @Test
    void aChainOfDeathsIsCountedDeathByDeath() {
        var random = Seed.random("aChainOfDeathsIsCountedDeathByDeath");
        meeting.create("region");
        for (int round = 0; round < 150; round++) {
            for (int link = random.nextInt(4); link >= 0; link--) {
                var process = new FaultyProcess();
                var attachment = meeting.attachment.through(process.seam());
                process.dieAfter(random.nextInt(60), random.nextLong());
                try {
                    (random.nextBoolean() ? Meeting.producer("region", attachment) : Meeting.consumer("region", attachment)).close();
                } catch (ProcessDied expected) {
                    assertThat(process.isDead()).isTrue();
                }
            }
            try (var next = meeting.consumer("region")) {
                for (var role : Role.values()) {
                    var participants = next.participants();
                    assertThat(participants.attached(role) - participants.closedInOrder(role) - participants.died(role))
                        .isEqualTo(role == Role.CONSUMER ? 1 : 0);
                }
                assertThat(activeSlots(next)).isEqualTo(1);
            }
        }
        assertSoundAndRemove();
    }

    /** Makes it die at each of its stores, until it lives to the end; returns how many those are. */
    private int everyDeath(Runnable before, Life life, Runnable after) {
        for (int store = 0; ; store++) {
            for (int order = 0; order < ORDERS; order++) {
                before.run();
                var process = new FaultyProcess();
                if (!liveAndDie(process, life, store, order)) {
                    return store;
                }
                after.run();
            }
        }
    }

    /** False when it lived to the end. */
    private boolean liveAndDie(FaultyProcess process, Life life, int store, int order) {
        long[] storesBefore = new long[1];
        try {
            life.live(meeting.attachment.through(process.seam()), () -> {
                storesBefore[0] = process.stores();
                if (order == 0) {
                    process.dieAfter(store);
                } else {
                    process.dieAfter(store, order);
                }
            });
        } catch (ProcessDied expected) {
            assertThat(process.isDead()).as("%s", expected).isTrue();
            return true;
        }
        assertThat(process.stores() - storesBefore[0]).as("stores of a whole life, each of which was a death before").isEqualTo(store);
        return false;
    }

    private void assertSoundAndRemove() {
        try (var producer = meeting.producer("region")) {
            assertThat(activeSlots(producer)).as("slots in use: no slot is lost").isEqualTo(1);
            assertThat(producer.participants().list()).hasSize(1);
            assertThat(producer.participants().diedBeforeEra(Role.PRODUCER)).isEqualTo(producer.participants().died(Role.PRODUCER));
        }
        meeting.assertNothingLeftBut("region");
        Region.remove(meeting.directory, "region");
    }

    private static void assertEnds(Region region, Role role, long attached, long closed, long died) {
        assertThat(region.participants().attached(role)).as("attached %s", role).isEqualTo(attached);
        assertThat(region.participants().closedInOrder(role)).as("closed %s", role).isEqualTo(closed);
        assertThat(region.participants().died(role)).as("died %s", role).isEqualTo(died);
    }

    /** What a reader makes of the counts when nobody lives: PRODUCER_DEAD or CLOSED. */
    private static boolean saysDead(Region region) {
        return region.participants().died(Role.PRODUCER) > region.participants().diedBeforeEra(Role.PRODUCER);
    }

    private static int activeSlots(Region region) {
        int active = 0;
        for (int slot = 0; slot < RegionDescriptor.MAX_PARTICIPANTS; slot++) {
            active += region.view(Area.PARTICIPANTS).getInt(ParticipantDescriptor.stateOffset(slot));
        }
        return active;
    }

    /** The producer dies last, so that nobody has seen to it: the table knows nothing of its end. */
    private void leaveADeadProducerAndAJournal() {
        var process = new FaultyProcess();
        var producer = Meeting.producer("region", meeting.attachment.through(process.seam()));
        diesBetweenCountAndState();
        process.kill();
        assertThatExceptionOfType(ProcessDied.class).isThrownBy(producer::close);
    }

    /** One more consumer, that dies while it arrives: its journal is valid and half carried out. */
    private void diesBetweenCountAndState() {
        var dying = meeting.attachment.through((area, memory) -> area != Area.COUNTERS ? memory
            : new SpyMemory(memory, (operation, offset) -> {
                if (offset == CountersDescriptor.diedBeforeEraOffset(Role.CONSUMER)) {
                    throw new Killed();
                }
            }));
        assertThatExceptionOfType(Killed.class).isThrownBy(() ->
            Region.attach("region", RegionKind.SPSC_RING, Access.JOIN, Role.CONSUMER, false, dying));
    }
}

package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who lives is the kernel's word: with real processes, killed and leaving; {@link StopIT} stops them. */
class ParticipantsIT {
    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    @Test
    void aKilledProcessIsSeenDeadAndCountedOnceAndItsRoleIsFree() {
        try (var consumer = meeting.consumer("region"); var watcher = meeting.watcher("region"); var other = start("PRODUCER", "close")) {
            assertThat(consumer.participants().isDead(1, 1)).isFalse();
            assertThat(consumer.participants().list()).extracting(ParticipantInfo::pid).contains(other.pid());
            assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> meeting.producer("region"))
                .withMessageContaining("PRODUCER \"the other process\" (pid " + other.pid() + ", since ");
            other.kill();
            Await.until("the kernel lets the lock go", () -> consumer.participants().isDead(1, 1));
            assertThat(watcher.participants().isDead(1, 1)).isTrue();
            assertCounts(consumer, 1, 0, 0);
            consumer.participants().countTheDead();
            consumer.participants().countTheDead();
            assertCounts(consumer, 1, 0, 1);
            try (var successor = meeting.producer("region")) {
                assertThat(successor.participants().slot()).isEqualTo(1);
                assertThat(successor.participants().generation()).isEqualTo(2);
                assertThat(consumer.participants().isDead(1, 1)).describedAs("the dead stay dead").isTrue();
            }
            assertCounts(consumer, 2, 1, 1);
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void theSuccessorOfAKilledProcessCountsItByArriving() {
        try (var other = start("PRODUCER", "close")) {
            other.kill();
            Await.until("the role is free", this::producerCanAttach);
            try (var watcher = meeting.watcher("region")) {
                assertCounts(watcher, 2, 1, 1);
            }
        }
    }

    @Test
    void aProcessKilledWhileStoppedIsDead() {
        try (var consumer = meeting.consumer("region"); var other = start("PRODUCER", "close")) {
            other.stop();
            other.kill();
            Await.until("the kernel lets the lock go", () -> consumer.participants().isDead(1, 1));
            meeting.producer("region").close();
        }
    }

    @Test
    void exitWithoutCloseIsDeathAndCloseIsNot() {
        try (var consumer = meeting.consumer("region")) {
            try (var other = start("PRODUCER", "exit")) {
                assertThat(other.end()).isZero();
                consumer.participants().countTheDead();
                assertCounts(consumer, 1, 0, 1);
            }
            try (var other = start("PRODUCER", "close")) {
                assertThat(other.end()).isZero();
                consumer.participants().countTheDead();
                assertCounts(consumer, 2, 1, 1);
            }
        }
    }

    @Test
    void whatAKilledProcessStoredStays() {
        try (var consumer = meeting.consumer("region"); var other = start("PRODUCER", "store")) {
            var data = consumer.view(Area.DATA);
            Await.until("it stores", () -> data.getLongAcquire(0) > 100_000);
            other.kill();
            long last = data.getLongAcquire(0);
            assertThat(last).isGreaterThan(100_000);
            try (var successor = meeting.producer("region")) {
                assertThat(successor.memory(Area.DATA).getLongAcquire(0)).isEqualTo(last);
            }
        }
    }

    @Test
    void nobodyRemovesWhatAnotherProcessHasOpenAndAfterItsDeathAnybodyMay() {
        try (var other = start("CONSUMER", "close")) {
            assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> Region.remove(meeting.directory, "region"));
            other.kill();
            Await.until("the region can be removed", this::canRemove);
        }
        meeting.assertNothingLeftBut();
    }

    private JavaProcess start(String role, String ending) {
        var process = JavaProcess.start(Participating.class, path.toString(), "region", role, ending);
        process.awaitLine("attached");
        return process;
    }

    private boolean producerCanAttach() {
        try {
            meeting.producer("region").close();
            return true;
        } catch (RoleTaken notYet) {
            return false;
        }
    }

    private boolean canRemove() {
        try {
            Region.remove(meeting.directory, "region");
            return true;
        } catch (RoleTaken notYet) {
            return false;
        }
    }

    private static void assertCounts(Region region, long attached, long closed, long died) {
        assertThat(region.participants().attached(Role.PRODUCER)).describedAs("attached").isEqualTo(attached);
        assertThat(region.participants().closedInOrder(Role.PRODUCER)).describedAs("closed in order").isEqualTo(closed);
        assertThat(region.participants().died(Role.PRODUCER)).describedAs("died").isEqualTo(died);
    }
}

package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stopped process lives, whatever it is and wherever it was stopped, and goes on as if nothing had been. */
class StopIT {
    private static final Duration STOPPED = Duration.ofMillis(Long.getLong("slipring.stop.millis", 500));

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aStoppedParticipantLivesAndKeepsItsRole(Role role) {
        try (var other = meeting.someConsumer("region"); var stopped = start(role.name(), "close")) {
            stopped.stop();
            whileStopped(() -> {
                other.participants().countTheDead();
                assertThat(other.participants().isDead(1, 1)).isFalse();
                assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> attachAlone(role));
                assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> Region.remove(meeting.directory, "region"));
            });
            assertThat(other.participants().list()).extracting(ParticipantInfo::pid).contains(stopped.pid());
            assertThat(other.participants().died(role)).isZero();
            stopped.resume();
            assertThat(stopped.end()).isZero();
            assertThat(other.participants().closedInOrder(role)).isEqualTo(1);
            assertThat(other.participants().died(role)).isZero();
            attachAlone(role).close();
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aStoppedWatcherHoldsUpNobodyButWhoWouldRemoveTheRegion() {
        try (var stopped = start("WATCHER", "close")) {
            stopped.stop();
            whileStopped(() -> {
                try (var producer = meeting.producer("region"); var consumer = meeting.consumer("region")) {
                    producer.memory(Area.DATA).putLong(0, 42);
                    assertThat(consumer.view(Area.DATA).getLong(0)).isEqualTo(42);
                }
                assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> Region.remove(meeting.directory, "region"));
            });
            stopped.resume();
            assertThat(stopped.end()).isZero();
        }
        Region.remove(meeting.directory, "region");
        meeting.assertNothingLeftBut();
    }

    /** The kernel has its slot, the table says nothing of it yet, and the repair lock is not to be had. */
    @Test
    void whoIsStoppedInTheMiddleOfArrivingIsWaitedFor() {
        try (var consumer = meeting.someConsumer("region");
            var stopped = JavaProcess.start(Participating.class, path.toString(), "region", "PRODUCER", "stay")) {
            stopped.awaitLine("registering");
            stopped.stop();
            var newcomer = CompletableFuture.supplyAsync(this::attachPatiently);
            whileStopped(() -> {
                consumer.participants().countTheDead();
                assertThat(consumer.participants().isDead(1, 1)).isFalse();
                assertThat(newcomer).isNotDone();
            });
            assertThat(consumer.participants().list()).hasSize(1);
            stopped.resume();
            assertThat(stopped.end()).isZero();
            newcomer.orTimeout(Await.LONG.toSeconds(), TimeUnit.SECONDS).join().close();
            assertThat(consumer.participants().attached(Role.PRODUCER)).isEqualTo(1);
            assertThat(consumer.participants().closedInOrder(Role.PRODUCER)).isEqualTo(1);
            assertThat(consumer.participants().died(Role.PRODUCER)).isZero();
            assertThat(consumer.participants().died(Role.CONSUMER)).isZero();
        }
        meeting.assertNothingLeftBut("region");
    }

    /** Who waits for the repair lock longer than five seconds is told why, and may try again. */
    private Region attachPatiently() {
        while (true) {
            try {
                return meeting.someConsumer("region");
            } catch (RoleTaken stillStopped) {
                assertThat(stillStopped).hasMessageContaining("is one of these processes stopped?");
            }
        }
    }

    private Region attachAlone(Role role) {
        return role == Role.PRODUCER ? meeting.producer("region") : meeting.consumer("region");
    }

    private static void whileStopped(Runnable check) {
        long start = System.nanoTime();
        do {
            check.run();
        } while (System.nanoTime() - start < STOPPED.toNanos());
    }

    private JavaProcess start(String role, String ending) {
        var process = JavaProcess.start(Participating.class, path.toString(), "region", role, ending);
        process.awaitLine("attached");
        return process;
    }
}

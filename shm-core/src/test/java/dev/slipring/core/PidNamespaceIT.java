package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who lives does not depend on who can see whose process id: one process in a PID namespace of its own, the others outside. */
class PidNamespaceIT {
    private static final Duration STOPPED = Duration.ofMillis(300);

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    @Test
    void fromOutsideAProcessInAnotherNamespaceLivesUntilItIsKilled() {
        try (var consumer = meeting.consumer("region"); var inside = inside()) {
            assertThat(ask(inside, "own")).isEqualTo("open");
            assertThat(consumer.participants().list()).filteredOn(info -> info.role() == Role.PRODUCER).singleElement()
                .satisfies(info -> assertThat(info.pid()).describedAs("its pid, in its own namespace").isEqualTo(1));
            assertThat(consumer.participants().isDead(1, 1)).isFalse();
            inside.stop();
            long start = System.nanoTime();
            do {
                consumer.participants().countTheDead();
                assertThat(consumer.participants().isDead(1, 1)).isFalse();
                assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> meeting.producer("region"));
            } while (System.nanoTime() - start < STOPPED.toNanos());
            inside.kill();
            Await.until("the kernel lets the lock go", () -> consumer.participants().isDead(1, 1));
            meeting.producer("region").close();
            assertThat(consumer.participants().died(Role.PRODUCER)).isEqualTo(1);
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void fromInsideAProcessOutsideLivesUntilItIsKilled() {
        try (var outside = visitor(List.of()); var inside = inside()) {
            assertThat(ask(outside, "own")).isEqualTo("open");
            assertThat(ask(inside, "join")).isEqualTo("open");
            assertThat(ask(inside, "dead 0 1")).isEqualTo("false");
            outside.stop();
            long start = System.nanoTime();
            do {
                assertThat(ask(inside, "dead 0 1")).isEqualTo("false");
            } while (System.nanoTime() - start < STOPPED.toNanos());
            outside.kill();
            Await.until("the kernel lets the lock go", () -> ask(inside, "dead 0 1").equals("true"));
            assertThat(ask(inside, "close")).isEqualTo("closed");
        }
        meeting.assertNothingLeftBut("region");
    }

    private JavaProcess inside() {
        return visitor(Sandbox.pidNamespace());
    }

    private JavaProcess visitor(List<String> through) {
        var command = new ArrayList<>(through);
        command.addAll(List.of("env", "SLIPRING_DIR=" + path));
        return JavaProcess.start(command, Visiting.class);
    }

    private static String ask(JavaProcess visitor, String command) {
        visitor.tell(command);
        return visitor.readLine();
    }
}

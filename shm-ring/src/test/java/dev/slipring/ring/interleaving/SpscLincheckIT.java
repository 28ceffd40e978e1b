package dev.slipring.ring.interleaving;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.RingSides;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer and a consumer under {@link Lincheck}. An IT, since Lincheck rewrites the classes of its JVM. */
class SpscLincheckIT {
    private static final int OPERATIONS = 3;
    private static final int INTERLEAVINGS = 150;

    private static final Map<Integer, RingSides> SIDES = new ConcurrentHashMap<>();

    @TempDir(factory = SharedMemory.class)
    private static Path directory;

    @BeforeAll
    static void attach() {
        for (int capacity : new int[] {FullRing.CAPACITY, WrappingRing.CAPACITY}) {
            SIDES.put(capacity, RingSides.spsc(directory.resolve(Integer.toString(capacity)), capacity));
        }
    }

    static RingSides sides(int capacity) {
        return Objects.requireNonNull(SIDES.get(capacity));
    }

    @Test
    void aRingThatIsFullMakesRoomForWhatIsNewAndForNothingElse() {
        check(FullRing.class, FullRing.Specification.class);
    }

    @Test
    void aRingThatWrapsIsAQueue() {
        check(WrappingRing.class, WrappingRing.Specification.class);
    }

    @Test
    void spaceGivenBackTooEarlyIsNoticed() {
        assertThatThrownBy(() -> check(FullRing.HeadOvertakes.class, FullRing.Specification.class))
            .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("Invalid execution results");
    }

    @Test
    void aHeaderThatComesTooEarlyIsNoticed() {
        assertThatThrownBy(() -> check(WrappingRing.HeaderOvertakes.class, WrappingRing.Specification.class))
            .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("Invalid execution results");
    }

    private static void check(Class<? extends SpscRun> ring, Class<? extends SpscSpecification> specification) {
        Lincheck.check(ring, specification, OPERATIONS, INTERLEAVINGS);
    }
}

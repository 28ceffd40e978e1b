package dev.slipring.ring.interleaving;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.RingSides;
import java.nio.file.Path;
import java.util.Objects;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two producers and a consumer under {@link Lincheck}. An IT, since Lincheck rewrites the classes of its JVM. */
class MpscLincheckIT {
    static final int CAPACITY = 1024;

    private static final int OPERATIONS = 4;
    private static final int INTERLEAVINGS = 150;
    private static final int INTERLEAVINGS_OF_CONTROL = 1000;

    @TempDir(factory = SharedMemory.class)
    private static Path directory;
    private static @Nullable RingSides sides;

    @BeforeAll
    static void attach() {
        sides = RingSides.mpsc(directory, CAPACITY, 2);
    }

    static RingSides sides() {
        return Objects.requireNonNull(sides);
    }

    @Test
    void aRingThatIsFullMakesRoomForWhoClaimsFirst() {
        Lincheck.check(FullMpscRing.class, FullMpscRing.Specification.class, OPERATIONS, INTERLEAVINGS);
    }

    @Test
    void aRingThatWrapsKeepsTheOrderOfClaimsAndWaitsForTheFirst() {
        Lincheck.check(WrappingMpscRing.class, WrappingMpscRing.Specification.class, OPERATIONS, INTERLEAVINGS);
    }

    @Test
    void aWalkThatLooksAtConsumedTooEarlyIsNoticed() {
        requireNoticed(FullMpscRing.ConsumedBeforeWord.class, FullMpscRing.Specification.class);
    }

    @Test
    void aClaimOfALapAgoIsNoticed() {
        requireNoticed(WrappingMpscRing.SameEmptyWordInEveryLap.class, WrappingMpscRing.Specification.class);
    }

    @Test
    void aClaimThatIsNoCompareAndSetIsNoticed() {
        requireNoticed(WrappingMpscRing.LookAndStore.class, WrappingMpscRing.Specification.class);
    }

    private static void requireNoticed(Class<? extends MpscRun> ring, Class<? extends MpscSpecification> specification) {
        assertThatThrownBy(() -> Lincheck.check(ring, specification, OPERATIONS, INTERLEAVINGS_OF_CONTROL))
            .isInstanceOf(LincheckAssertionError.class).hasMessageContaining("Invalid execution results");
    }
}

package dev.slipring.ring.interleaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.RingSides;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import kotlin.jvm.functions.Function1;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lincheck makes up scenarios, the same in every run, interleaves the accesses of both sides in many ways, and looks for an order of whole
 * operations that explains what they said. {@code -Dslipring.lincheck.scenarios} says how many scenarios. An IT, since Lincheck rewrites
 * the classes of its JVM.
 */
class SpscLincheckIT {
    private static final int INTERLEAVINGS = 150;
    private static final int SCENARIOS = Integer.getInteger("slipring.lincheck.scenarios", 3);
    private static final int LEAST_RUNS = 10 * SCENARIOS;

    /**
     * Not looked into: what lies beneath the ticking memory, and what stands still meanwhile. Lincheck sees no access to native memory, and
     * without this fails to rewrite Agrona's classes and then passes everything.
     */
    private static final List<String> BENEATH = List.of("org.agrona.", "dev.slipring.core.MappedMemory", "dev.slipring.core.Region",
        "dev.slipring.core.Participant");
    static final Function1<String, Boolean> IS_BENEATH = name -> BENEATH.stream().anyMatch(name::startsWith);

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
        long before = SpscRun.count();
        new ModelCheckingOptions().threads(2).actorsBefore(0).actorsPerThread(3).actorsAfter(1).iterations(SCENARIOS)
            .invocationsPerIteration(INTERLEAVINGS).minimizeFailedScenario(false).sequentialSpecification(specification)
            .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(IS_BENEATH).allMethods().ignore()).check(ring);
        assertThat(SpscRun.count() - before).as("interleavings that Lincheck ran").isGreaterThan(LEAST_RUNS);
    }
}

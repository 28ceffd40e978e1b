package dev.slipring.ring.interleaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.RingSides;
import java.nio.file.Path;
import java.util.Objects;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two producers and a consumer under Lincheck: see {@link MpscRun}. Its controls run in profile torture. */
class MpscLincheckIT {
    private static final int THREADS = 3;
    private static final int INTERLEAVINGS = 60;
    private static final int SCENARIOS = (Integer.getInteger("slipring.lincheck.scenarios", 5) + 1) / 3;
    private static final int LEAST_RUNS = 10 * SCENARIOS;

    private static @Nullable RingSides sides;

    @TempDir(factory = SharedMemory.class)
    private static Path directory;

    @BeforeAll
    static void attach() {
        sides = RingSides.mpsc(directory.resolve("mpsc"), MpscRun.CAPACITY, MpscRun.PRODUCERS);
    }

    static RingSides sides() {
        return Objects.requireNonNull(sides);
    }

    @Test
    void everythingComesOnceWholeAndInItsProducersOrder() {
        check(MpscRun.class);
    }

    @Test
    @EnabledIfSystemProperty(named = "slipring.stress.thorough", matches = "true")
    void aClaimThatIsNotOneStepIsNoticed() {
        assertThatThrownBy(() -> check(MpscRun.ClaimInTwoSteps.class)).isInstanceOf(LincheckAssertionError.class)
            .hasMessageContaining("of producer ");
    }

    @Test
    @EnabledIfSystemProperty(named = "slipring.stress.thorough", matches = "true")
    void aHeaderThatComesTooEarlyIsNoticed() {
        assertThatThrownBy(() -> check(MpscRun.HeaderOvertakes.class)).isInstanceOf(LincheckAssertionError.class)
            .hasMessageContaining("of producer ");
    }

    private static void check(Class<? extends MpscRun> run) {
        long before = MpscRun.count();
        new ModelCheckingOptions().threads(THREADS).actorsBefore(0).actorsPerThread(2).actorsAfter(0).iterations(SCENARIOS)
            .invocationsPerIteration(INTERLEAVINGS).minimizeFailedScenario(false).verifier(EpsilonVerifier.class)
            .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(SpscLincheckIT.IS_BENEATH).allMethods().ignore()).check(run);
        assertThat(MpscRun.count() - before).as("interleavings that Lincheck ran").isGreaterThan(LEAST_RUNS);
    }
}

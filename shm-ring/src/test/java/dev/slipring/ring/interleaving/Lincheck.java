package dev.slipring.ring.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kotlin.jvm.functions.Function1;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Lincheck makes up scenarios, the same in every run, interleaves the accesses of all sides in many ways, and looks for an order of whole
 * operations that explains what they said. {@code -Dslipring.lincheck.scenarios} says how many scenarios.
 */
final class Lincheck {
    private static final int SCENARIOS = Integer.getInteger("slipring.lincheck.scenarios", 5);
    private static final int LEAST_RUNS = 10 * SCENARIOS;

    /**
     * Not looked into: what lies beneath the ticking memory, and what stands still meanwhile. Lincheck sees no access to native memory, and
     * without this fails to rewrite Agrona's classes and then passes everything.
     */
    private static final List<String> BENEATH = List.of("org.agrona.", "dev.slipring.core.MappedMemory", "dev.slipring.core.Region",
        "dev.slipring.core.Participant");
    private static final Function1<String, Boolean> IS_BENEATH = name -> BENEATH.stream().anyMatch(name::startsWith);

    private Lincheck() {
    }

    /** Two threads, as there may be two processors, with so many operations each; so many interleavings of each scenario. */
    static void check(Class<? extends RingRun> ring, Class<?> specification, int operations, int interleavings) {
        long before = RingRun.count();
        new ModelCheckingOptions().threads(2).actorsBefore(0).actorsPerThread(operations).actorsAfter(1).iterations(SCENARIOS)
            .invocationsPerIteration(interleavings).minimizeFailedScenario(false).sequentialSpecification(specification)
            .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(IS_BENEATH).allMethods().ignore()).check(ring);
        assertThat(RingRun.count() - before).as("interleavings that Lincheck ran").isGreaterThan(LEAST_RUNS);
    }
}

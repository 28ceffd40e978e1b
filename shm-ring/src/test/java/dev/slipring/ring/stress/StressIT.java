package dev.slipring.ring.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs a slice of the jcstress tests of this package, 0.1 s each; with {@code -Dslipring.stress.thorough=true} all of them, in all
 * combinations of interpreter and compilers. {@code -Dslipring.stress.ms} gives them longer.
 */
class StressIT {
    private static final String PACKAGE = StressIT.class.getPackageName() + ".";

    /** Controls that must show what is broken in them, on any processor. The others may, and say so. */
    private static final Set<String> SHOWN_ANYWHERE = Set.of("SpscPublish.OfferBroken", "SpscPublish.BatchOfThreeBroken",
        "SpscReuse.LapBroken", "MpscClaims.ClaimBroken", "MpscClaims.OfferBroken", "MpscReuse.LapBroken", "MpscReuse.MarksBroken",
        "BroadcastLap.PollBroken", "BroadcastLap.InPlaceBroken", "SeamOrder.DekkerUnordered");

    private static final boolean THOROUGH = Boolean.getBoolean("slipring.stress.thorough");
    /** The last is a control. */
    private static final Set<String> SLICE = Set.of("SpscPublish.Offer", "SpscPublish.BatchOfThree", "SpscReuse.Lap", "MpscClaims.Claim",
        "MpscClaims.Commit", "MpscDeath.CommitAndDie", "MpscReuse.Lap", "BroadcastLap.Poll", "BroadcastLap.InPlace",
        "SeamOrder.DekkerByUnequalFences", "MpscClaims.OfferBroken");
    private static final int PATIENCE = 20;
    private static final int LEAST_TRIALS = 1000;

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    /** Those that are run. */
    static Set<String> tests() {
        var names = new TreeSet<String>();
        TestList.tests().stream().filter(name -> name.startsWith(PACKAGE)).map(name -> name.substring(PACKAGE.length()))
            .filter(name -> THOROUGH || SLICE.contains(name)).forEach(names::add);
        return names;
    }

    @Test
    void nothingForbiddenHappensAndWhatIsBrokenOnPurposeIsSeen() throws Exception {
        var tests = tests();
        assertThat(tests).containsAll(THOROUGH ? SHOWN_ANYWHERE : SLICE);
        var controls = new TreeSet<>(SHOWN_ANYWHERE);
        controls.retainAll(tests);
        assertThat(controls).isNotEmpty();
        var results = run(String.join("|", tests), 1);
        for (String test : tests) {
            requireSound(test, of(test, results));
            if (isTooShort(of(test, results))) { // the machine is busy: give it time
                var longer = of(test, run(test, PATIENCE));
                requireSound(test, longer);
                assertThat(isTooShort(longer)).as("%s had fewer than %d trials", test, LEAST_TRIALS).isFalse();
            }
        }
        for (String control : controls) {
            if (!isShown(of(control, results))) { // the machine is busy: give it time
                var longer = run(control, PATIENCE);
                assertThat(isShown(longer)).as("%s shows what is broken in it", control).isTrue();
            }
        }
    }

    private Collection<TestResult> run(String tests, int times) throws Exception {
        var time = Duration.ofMillis(Integer.getInteger("slipring.stress.ms", 100)).multipliedBy(times);
        return new Stress(Files.createTempDirectory(directory, "run"), time, THOROUGH).run(PACKAGE + "(" + tests + ")$");
    }

    private static List<TestResult> of(String test, Collection<TestResult> results) {
        return results.stream().filter(result -> result.getName().equals(PACKAGE + test)).toList();
    }

    private static boolean isTooShort(Collection<TestResult> results) {
        return results.stream().anyMatch(result -> result.getTotalCount() < LEAST_TRIALS);
    }

    private static boolean isShown(Collection<TestResult> results) {
        return results.stream().anyMatch(result -> result.grading().hasInteresting);
    }

    private static void requireSound(String test, List<TestResult> results) {
        assertThat(results).as("%s ran", test).isNotEmpty();
        System.out.println(test + ": " + results.stream().map(StressIT::outcomes).toList());
        for (var result : results) {
            assertThat(result.status()).as("%s: %s %s", test, result.getMessages(), result.getVmErr()).isEqualTo(Status.NORMAL);
            assertThat(result.grading().isPassed).as("%s saw only what it may: %s", test, outcomes(result)).isTrue();
        }
    }

    private static List<String> outcomes(TestResult result) {
        return result.getStateKeys().stream().sorted().map(key -> "(" + key + ") " + result.getCount(key)).toList();
    }
}

package dev.slipring.core.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The jcstress tests of one package: runs a slice of them, 0.1 s each; with {@code -Dslipring.stress.thorough=true} all of them, in all
 * combinations of interpreter and compilers. {@code -Dslipring.stress.ms} gives them longer.
 *
 * @param inPackage     its name
 * @param slice         what is run by default; at least one of them a control
 * @param shownAnywhere controls that must show what is broken in them, on any processor. The others may, and say so
 */
public record StressSuite(String inPackage, Set<String> slice, Set<String> shownAnywhere) {
    private static final boolean THOROUGH = Boolean.getBoolean("slipring.stress.thorough");
    private static final int PATIENCE = 20;
    private static final int LEAST_TRIALS = 1000;

    /**
     * Fails when something forbidden happens, or when what is broken on purpose is not seen.
     *
     * @param directory empty
     */
    public void run(Path directory) throws Exception {
        var tests = tests();
        assertThat(tests).containsAll(THOROUGH ? shownAnywhere : slice);
        var controls = new TreeSet<>(shownAnywhere);
        controls.retainAll(tests);
        assertThat(controls).isNotEmpty();
        var results = run(directory, String.join("|", tests), 1);
        for (String test : tests) {
            requireSound(test, of(test, results));
            if (isTooShort(of(test, results))) { // the machine is busy: give it time
                var longer = of(test, run(directory, test, PATIENCE));
                requireSound(test, longer);
                assertThat(isTooShort(longer)).as("%s had fewer than %d trials", test, LEAST_TRIALS).isFalse();
            }
        }
        for (String control : controls) {
            if (!isShown(of(control, results))) { // the machine is busy: give it time
                var longer = run(directory, control, PATIENCE);
                assertThat(isShown(longer)).as("%s shows what is broken in it", control).isTrue();
            }
        }
    }

    /** Those that are run. */
    private Set<String> tests() {
        var names = new TreeSet<String>();
        TestList.tests().stream().filter(name -> name.startsWith(inPackage + ".")).map(name -> name.substring(inPackage.length() + 1))
            .filter(name -> THOROUGH || slice.contains(name)).forEach(names::add);
        return names;
    }

    private Collection<TestResult> run(Path directory, String tests, int times) throws Exception {
        var time = Duration.ofMillis(Integer.getInteger("slipring.stress.ms", 100)).multipliedBy(times);
        return Stress.of(Files.createTempDirectory(directory, "run"), time, THOROUGH, tests().size()).run(inPackage + ".(" + tests + ")$");
    }

    private List<TestResult> of(String test, Collection<TestResult> results) {
        return results.stream().filter(result -> result.getName().equals(inPackage + "." + test)).toList();
    }

    private static boolean isTooShort(Collection<TestResult> results) {
        return results.stream().anyMatch(result -> result.getTotalCount() < LEAST_TRIALS);
    }

    private static boolean isShown(Collection<TestResult> results) {
        return results.stream().anyMatch(result -> result.grading().hasInteresting);
    }

    private static void requireSound(String test, List<TestResult> results) {
        assertThat(results).as("%s ran", test).isNotEmpty();
        System.out.println(test + ": " + results.stream().map(StressSuite::outcomes).toList());
        for (var result : results) {
            assertThat(result.status()).as("%s: %s %s", test, result.getMessages(), result.getVmErr()).isEqualTo(Status.NORMAL);
            assertThat(result.grading().isPassed).as("%s saw only what it may: %s", test, outcomes(result)).isTrue();
        }
    }

    private static List<String> outcomes(TestResult result) {
        return result.getStateKeys().stream().sorted().map(key -> "(" + key + ") " + result.getCount(key)).toList();
    }
}

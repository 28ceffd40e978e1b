package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.examples.demo.Digits;
import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.Latency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The check must be able to fail. */
class FusionVerdictTest {
    private static final int CELLS = 4096;
    private static final long SNAPSHOTS = 700;
    /** Figures that differ from run to run, so that there is nothing to compare them with. */
    private static final Set<String> FREE = Set.of("/seconds", "/retries", "/snapshots");

    private final Readings readings = Readings.load();
    private final CalibrationSchedule schedule = CalibrationSchedule.of(readings);
    private final List<Sample> everything = Replay.everything(readings, schedule);
    private final String whole = Replay.run(everything, readings, schedule).digest();
    private final SampleLog log = log(everything);
    private final FusionResults right = results(everything.size(), whole);

    @Test
    void theRightFiguresPass() {
        assertThat(problems(right, log, whole)).isEmpty();
    }

    @Test
    void oneWrongDigitInAnyFigureOfAnyProcessFails() throws Exception {
        var digits = new Digits(right);
        var figures = digits.figures(figure -> FREE.stream().noneMatch(figure::endsWith) && !figure.contains("/skipped/")
            && !figure.contains("/stateAge/") && (!figure.contains("/ages/") || figure.endsWith("/count")));
        assertThat(figures).hasSizeGreaterThan(25).contains("/fusion/mismatches", "/monitor/torn", "/fusion/digest");
        for (String figure : figures) {
            assertThat(problems(Json.read(digits.wrong(figure), FusionResults.class), log, whole)).as("last digit of %s changed", figure)
                .isNotEmpty();
        }
    }

    @Test
    void oneSampleWithAnotherCalibrationFailsAlthoughItsReplayIsTheSame() {
        var used = new ArrayList<>(everything);
        int place = 4000;
        var sample = used.get(place);
        assertThat(sample.calibration()).isGreaterThan(1);
        used.set(place, new Sample(sample.sensor(), sample.version(), sample.calibration() + 1, sample.timeUs()));
        var replayed = Replay.run(used, readings, schedule).digest();
        var fusion = right.fusion();
        var mistaken = with(new FusionResult(fusion.used(), fusion.overwritten(), fusion.ages(), 1, 0, fusion.samplesRing(),
            fusion.logRing(), replayed));
        assertThat(problems(mistaken, new SampleLog(log.samples(), log.calibrations(), used), replayed))
            .anyMatch(problem -> problem.startsWith("samples combined with another calibration than their own: expected 0, found 1"));
        var silent = with(new FusionResult(fusion.used(), fusion.overwritten(), fusion.ages(), 0, 0, fusion.samplesRing(),
            fusion.logRing(), replayed));
        assertThat(problems(silent, new SampleLog(log.samples(), log.calibrations(), used), replayed))
            .anyMatch(problem -> problem.startsWith("mismatches, by the log: expected 1, found 0"));
    }

    @Test
    void twoSamplesThatChangedPlacesFail() {
        var used = new ArrayList<>(everything);
        Collections.swap(used, 1000, 1001);
        var replayed = Replay.run(used, readings, schedule).digest();
        assertThat(problems(results(everything.size(), replayed), new SampleLog(log.samples(), log.calibrations(), used), replayed))
            .anyMatch(problem -> problem.startsWith("used out of the order of the times"));
    }

    @Test
    void oneBitOfOneLoggedValueFails() {
        var samples = new ArrayList<>(log.samples());
        var logged = samples.get(5000);
        var values = new ArrayList<>(logged.values());
        values.set(0, Math.nextUp(values.getFirst()));
        samples.set(5000, new SampleLog.Logged(logged.sample(), values));
        assertThat(problems(right, new SampleLog(samples, log.calibrations(), log.used()), whole))
            .anyMatch(problem -> problem.startsWith("sample logged: "));
    }

    @Test
    void anOverwrittenSampleIsCountedWithFewCellsAndFailsWithEnough() {
        var used = new ArrayList<>(everything);
        var gone = used.remove(3000);
        var replayed = Replay.run(used, readings, schedule).digest();
        var fusion = results(used.size(), replayed).fusion();
        var results = with(new FusionResult(less(fusion.used(), gone.sensor(), 1), less(fusion.overwritten(), gone.sensor(), -1),
            ages(sensor -> readings.of(sensor).size() - (sensor == gone.sensor() ? 1L : 0L)), 0, 0, fusion.samplesRing(), fusion.logRing(),
            replayed));
        var shorter = new SampleLog(log.samples(), log.calibrations(), used);
        assertThat(FusionVerdict.problems(readings, schedule, 4, results, shorter, replayed, whole)).isEmpty();
        assertThat(problems(results, shorter, replayed))
            .anyMatch(problem -> problem.startsWith("samples overwritten, with cells for all: expected 0, found 1"));
    }

    private List<String> problems(FusionResults results, SampleLog written, String replayed) {
        return FusionVerdict.problems(readings, schedule, CELLS, results, written, replayed, whole);
    }

    private SampleLog log(List<Sample> used) {
        var samples = everything.stream()
            .map(sample -> new SampleLog.Logged(sample, readings.get(sample.sensor(), sample.version()).values())).toList();
        return new SampleLog(samples, schedule.all(), used);
    }

    private FusionResults with(FusionResult fusion) {
        return new FusionResults(right.imu(), right.gps(), right.calibration(), fusion,
            new LoggerResult(everything.size() + schedule.all().size() + fusion.logRing()), right.monitor());
    }

    private FusionResults results(long used, String digest) {
        long inertial = readings.of(Sensor.ACCELEROMETER).size();
        long fixes = readings.of(Sensor.GPS).size();
        long calibrations = schedule.all().size();
        var counts = counts(sensor -> (long) readings.of(sensor).size());
        return new FusionResults(
            new ProducerResult(Map.of(Sensor.ACCELEROMETER, inertial, Sensor.GYROSCOPE, inertial), 7, 2 * inertial + 1, 2 * inertial),
            new ProducerResult(Map.of(Sensor.GPS, fixes), 7, fixes + 1, fixes), new CalibrationResult(calibrations, calibrations),
            new FusionResult(counts, counts(sensor -> 0L), ages(sensor -> readings.of(sensor).size()), 0, 0, everything.size() + 2, used,
                digest),
            new LoggerResult(everything.size() + calibrations + used),
            new MonitorResult(SNAPSHOTS, 7, counts(sensor -> 0L), ages(sensor -> SNAPSHOTS), new Latency(9, 1, 2, 3, 4, 5, 6), 0, 0));
    }

    private static Map<Sensor, Long> counts(Function<Sensor, Long> count) {
        var counts = new EnumMap<Sensor, Long>(Sensor.class);
        for (var sensor : Sensor.values()) {
            counts.put(sensor, count.apply(sensor));
        }
        return counts;
    }

    private static Map<Sensor, Latency> ages(Function<Sensor, ? extends Number> count) {
        var ages = new EnumMap<Sensor, Latency>(Sensor.class);
        for (var sensor : Sensor.values()) {
            ages.put(sensor, new Latency(count.apply(sensor).longValue(), 1, 2, 3, 4, 5, 6));
        }
        return ages;
    }

    private static Map<Sensor, Long> less(Map<Sensor, Long> counts, Sensor sensor, long by) {
        var changed = new EnumMap<>(counts);
        changed.merge(sensor, -by, Long::sum);
        return changed;
    }
}

package dev.slipring.examples.fusion;

import java.util.ArrayList;
import java.util.List;

/** Compares what the processes did, each on its own account, with each other and with the file; nothing is rounded or tolerated. */
final class FusionVerdict {
    private final List<String> problems = new ArrayList<>();
    private final Readings readings;
    private final CalibrationSchedule schedule;
    private final FusionResults results;
    private final SampleLog log;

    private FusionVerdict(Readings readings, CalibrationSchedule schedule, FusionResults results, SampleLog log) {
        this.readings = readings;
        this.schedule = schedule;
        this.results = results;
        this.log = log;
    }

    /**
     * What differs, in words; empty when nothing does.
     *
     * @param cells    of each slot
     * @param replayed digest of the log's replay
     * @param whole    digest of the whole file
     */
    static List<String> problems(Readings readings, CalibrationSchedule schedule, int cells, FusionResults results, SampleLog log,
        String replayed, String whole) {
        var verdict = new FusionVerdict(readings, schedule, results, log);
        verdict.compareSensors();
        verdict.compareLog();
        verdict.compareOrder();
        verdict.compareFlow();
        verdict.check("digest of the states, against a replay of the log", replayed, results.fusion().digest());
        long overwritten = sum(results.fusion().overwritten().values());
        if (cells > readings.most()) {
            verdict.check("samples overwritten, with cells for all", 0L, overwritten);
        }
        if (overwritten == 0) {
            verdict.check("digest of the states, against the whole file", whole, results.fusion().digest());
        }
        return List.copyOf(verdict.problems);
    }

    private void compareSensors() {
        var fusion = results.fusion();
        for (var sensor : Sensor.values()) {
            long there = readings.of(sensor).size();
            check("values written by the " + sensor, there, results.written(sensor));
            check("samples of the " + sensor + " used and overwritten", there,
                fusion.used().getOrDefault(sensor, 0L) + fusion.overwritten().getOrDefault(sensor, 0L));
            check("ages recorded of the " + sensor, fusion.used().getOrDefault(sensor, 0L),
                fusion.ages().containsKey(sensor) ? fusion.ages().get(sensor).count() : 0L);
            check("samples of the " + sensor + " used, by the log", log.used().stream().filter(used -> used.sensor() == sensor).count(),
                fusion.used().getOrDefault(sensor, 0L));
            check("ages seen by the monitor of the " + sensor, results.monitor().snapshots(),
                results.monitor().ages().containsKey(sensor) ? results.monitor().ages().get(sensor).count() : 0L);
        }
        check("calibrations written", (long) schedule.all().size(), results.calibration().written());
        check("samples combined with another calibration than their own", 0L, fusion.mismatches());
        check("torn values and snapshots seen by the monitor", 0L, results.monitor().torn());
        if (results.monitor().snapshots() < 1) {
            problems.add("the monitor has taken no snapshot");
        }
    }

    /** The log holds the file, bit for bit, with the calibration for each time; each sample was used with the one it was logged with. */
    private void compareLog() {
        check("calibrations logged", schedule.all(), log.calibrations());
        var next = new long[Sensor.values().length];
        for (var logged : log.samples()) {
            var sample = logged.sample();
            var expected = readings.get(sample.sensor(), Math.min(++next[sample.sensor().ordinal()], readings.of(sample.sensor()).size()));
            long calibration = sample.sensor().isCalibrated() ? schedule.at(expected.timeUs()).version() : 0;
            check("sample logged", new SampleLog.Logged(
                new Sample(expected.sensor(), expected.version(), calibration, expected.timeUs()), expected.values()), logged);
        }
        for (var sensor : Sensor.values()) {
            check("samples of the " + sensor + " logged", (long) readings.of(sensor).size(), next[sensor.ordinal()]);
        }
        long others = log.used().stream().filter(used -> used.calibration()
            != (used.sensor().isCalibrated() ? schedule.at(readings.get(used.sensor(), used.version()).timeUs()).version() : 0)).count();
        check("mismatches, by the log", others, results.fusion().mismatches());
    }

    /** What was used is what there is in the order of its times, but for what was overwritten. */
    private void compareOrder() {
        var order = Replay.everything(readings, schedule).iterator();
        for (var used : log.used()) {
            boolean found = false;
            while (!found && order.hasNext()) {
                var next = order.next();
                found = next.sensor() == used.sensor() && next.version() == used.version() && next.timeUs() == used.timeUs();
            }
            if (!found) {
                problems.add("used out of the order of the times, or not in the file: " + used);
                return;
            }
        }
    }

    private void compareFlow() {
        long samples = readings.all().size();
        check("messages put into the samples ring", samples + 2, results.imu().samplesRing() + results.gps().samplesRing());
        check("messages taken out of the samples ring", samples + 2, results.fusion().samplesRing());
        long logged = samples + schedule.all().size() + sum(results.fusion().used().values());
        check("messages put into the log ring", logged, results.imu().logRing() + results.gps().logRing()
            + results.calibration().logRing() + results.fusion().logRing());
        check("messages taken out of the log ring", logged, results.logger().logRing());
        check("lines in the log", logged, (long) log.samples().size() + log.calibrations().size() + log.used().size());
    }

    private static long sum(Iterable<Long> numbers) {
        long sum = 0;
        for (long number : numbers) {
            sum += number;
        }
        return sum;
    }

    private void check(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            problems.add(what + ": expected " + expected + ", found " + found);
        }
    }
}

package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Latency;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a run came to: the facts of the table, and of the JSON file.
 *
 * @param sensors      each
 * @param calibrations published
 * @param mismatches   samples that were combined with another calibration than their own
 * @param overwritten  samples that were gone before they could be used
 * @param retries      reads that had to be begun anew
 * @param torn         values mixed of two, and snapshots that were of no one instant
 * @param snapshots    of all sensors at one instant
 * @param snapshotHz   of these
 * @param stateAge     of the newest state, ns
 * @param speedError   root mean square of the estimated speed less the receiver's, m/s
 * @param digest       of all states
 */
record FusionFigures(Map<Sensor, SensorFigures> sensors, long calibrations, long mismatches, long overwritten, long retries, long torn,
    long snapshots, double snapshotHz, Latency stateAge, double speedError, String digest) {

    /**
     * Of one sensor.
     *
     * @param hz          values written a second
     * @param written     values
     * @param used        by the fusion process
     * @param overwritten before it could use them
     * @param ageAtUse    ns from when a value was published until it was used
     * @param skipped     between two snapshots of the monitor
     * @param age         ns from when a value was published until the monitor looked at it
     */
    record SensorFigures(double hz, long written, long used, long overwritten, Latency ageAtUse, long skipped, Latency age) {
    }

    static FusionFigures of(FusionResults results, double speedError) {
        var fusion = results.fusion();
        var monitor = results.monitor();
        var none = new Latency(0, 0, 0, 0, 0, 0, 0);
        var sensors = new EnumMap<Sensor, SensorFigures>(Sensor.class);
        long overwritten = 0;
        for (var sensor : Sensor.values()) {
            long gone = fusion.overwritten().getOrDefault(sensor, 0L);
            overwritten += gone;
            sensors.put(sensor, new SensorFigures(results.written(sensor) / results.seconds(sensor), results.written(sensor),
                fusion.used().getOrDefault(sensor, 0L), gone, fusion.ages().getOrDefault(sensor, none),
                monitor.skipped().getOrDefault(sensor, 0L), monitor.ages().getOrDefault(sensor, none)));
        }
        return new FusionFigures(sensors, results.calibration().written(), fusion.mismatches(), overwritten,
            fusion.retries() + monitor.retries(), monitor.torn(), monitor.snapshots(), monitor.snapshots() / monitor.seconds(),
            monitor.stateAge(), speedError, fusion.digest());
    }
}

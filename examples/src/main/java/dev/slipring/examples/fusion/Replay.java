package dev.slipring.examples.fusion;

import java.util.ArrayList;
import java.util.List;

/**
 * The direct computation: one thread, the readings of the file and a list of which to take in which order with which calibration; no
 * slots, no rings.
 */
final class Replay {
    private static final int POINT_EVERY = 4;

    private Replay() {
    }

    /**
     * What came of it.
     *
     * @param digest     of all states
     * @param points     the estimate, every few readings of the accelerometer
     * @param fixes      what GPS said
     * @param speedError root of the mean square, over the fixes, of the estimated speed over ground less what the receiver says it was,
     *                   m/s; the filter does not know the latter
     */
    record Outcome(String digest, List<Point> points, List<Fix> fixes, double speedError) {
    }

    /**
     * The estimate at a time.
     *
     * @param timeUs when
     * @param east   m from the first fix
     * @param north  m from the first fix
     * @param speed  over ground, m/s
     * @param upX    sine of the elevation of the camera's X axis above the horizon
     * @param upY    of its Y axis
     * @param upZ    of its Z axis
     */
    record Point(long timeUs, double east, double north, double speed, double upX, double upY, double upZ) {
    }

    /**
     * A GPS fix.
     *
     * @param timeUs when
     * @param east   m from the first
     * @param north  m from the first
     * @param speed  over ground, by the receiver
     */
    record Fix(long timeUs, double east, double north, double speed) {
    }

    /** All samples of the file in order, each with the calibration for its time. */
    static List<Sample> everything(Readings readings, CalibrationSchedule schedule) {
        return readings.all().stream().map(reading -> new Sample(reading.sensor(), reading.version(),
            reading.sensor().isCalibrated() ? schedule.at(reading.timeUs()).version() : 0, reading.timeUs())).toList();
    }

    static Outcome run(List<Sample> samples, Readings readings, CalibrationSchedule schedule) {
        var fusion = new Fusion();
        var points = new ArrayList<Point>();
        var fixes = new ArrayList<Fix>();
        var values = new double[Sensor.MAX_VALUES];
        double squares = 0;
        for (var sample : samples) {
            var reading = readings.get(sample.sensor(), sample.version());
            reading.copyTo(values);
            fusion.apply(sample.sensor(), reading.timeUs(), values,
                sample.calibration() == 0 ? null : schedule.get(sample.calibration()));
            if (sample.sensor() == Sensor.GPS) {
                double speed = values[3];
                fixes.add(new Fix(reading.timeUs(), fusion.fixEast(), fusion.fixNorth(), speed));
                squares += (fusion.groundSpeed() - speed) * (fusion.groundSpeed() - speed);
            } else if (sample.sensor() == Sensor.ACCELEROMETER && sample.version() % POINT_EVERY == 0) {
                points.add(point(reading.timeUs(), fusion));
            }
        }
        return new Outcome(fusion.digest(), points, fixes, fixes.isEmpty() ? 0 : Math.sqrt(squares / fixes.size()));
    }

    private static Point point(long timeUs, Fusion fusion) {
        return new Point(timeUs, fusion.navigation().state(0), fusion.navigation().state(1), fusion.groundSpeed(),
            fusion.attitude().upX(), fusion.attitude().upY(), fusion.attitude().upZ());
    }
}

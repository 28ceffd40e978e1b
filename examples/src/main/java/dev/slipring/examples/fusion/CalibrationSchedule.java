package dev.slipring.examples.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The calibrations of a run: a new one every half second. The first takes the readings as they are. When the camera was at rest for the
 * half second before, the next follows what it showed: turning by nothing, and accelerated by gravity alone.
 */
final class CalibrationSchedule {
    static final double GRAVITY = 9.80665;
    private static final long PERIOD_US = TimeUnit.MILLISECONDS.toMicros(500);
    private static final double REST_RATE = 0.4;
    private static final double REST_SPREAD = 1;
    private static final double WEIGHT = 0.5;

    private final List<Calibration> calibrations = new ArrayList<>();

    private CalibrationSchedule() {
    }

    static CalibrationSchedule of(Readings readings) {
        var schedule = new CalibrationSchedule();
        var last = new Calibration(1, 0, PERIOD_US, 1, 0, 0, 0);
        schedule.calibrations.add(last);
        while (last.untilUs() <= readings.lastUs()) {
            last = next(last, readings);
            schedule.calibrations.add(last);
        }
        return schedule;
    }

    List<Calibration> all() {
        return List.copyOf(calibrations);
    }

    /** Only the first so many. */
    CalibrationSchedule first(long count) {
        var first = new CalibrationSchedule();
        first.calibrations.addAll(calibrations.subList(0, Math.toIntExact(count)));
        return first;
    }

    Calibration get(long version) {
        return calibrations.get(Math.toIntExact(version - 1));
    }

    /** The one for readings of this time. */
    Calibration at(long timeUs) {
        return calibrations.get(Math.toIntExact(timeUs / PERIOD_US));
    }

    private static Calibration next(Calibration last, Readings readings) {
        var acceleration = Rest.of(readings.of(Sensor.ACCELEROMETER), last.fromUs(), last.untilUs());
        var rotation = Rest.of(readings.of(Sensor.GYROSCOPE), last.fromUs(), last.untilUs());
        double scale = last.accelerationScale();
        double x = last.biasX();
        double y = last.biasY();
        double z = last.biasZ();
        if (rotation.count > 0 && rotation.longest < REST_RATE && acceleration.longest - acceleration.shortest < REST_SPREAD) {
            scale += WEIGHT * (GRAVITY / length(acceleration.x, acceleration.y, acceleration.z) - scale);
            x += WEIGHT * (rotation.x - x);
            y += WEIGHT * (rotation.y - y);
            z += WEIGHT * (rotation.z - z);
        }
        return new Calibration(last.version() + 1, last.untilUs(), last.untilUs() + PERIOD_US, scale, x, y, z);
    }

    private static double length(double x, double y, double z) {
        return StrictMath.sqrt(x * x + y * y + z * z);
    }

    /** Means of readings, and their extremes. */
    private record Rest(int count, double x, double y, double z, double shortest, double longest) {
        static Rest of(List<Reading> readings, long fromUs, long untilUs) {
            double x = 0;
            double y = 0;
            double z = 0;
            double shortest = Double.MAX_VALUE;
            double longest = 0;
            int count = 0;
            for (var reading : readings) {
                if (reading.timeUs() >= fromUs && reading.timeUs() < untilUs) {
                    var values = reading.values();
                    double length = length(values.get(0), values.get(1), values.get(2));
                    shortest = Math.min(shortest, length);
                    longest = Math.max(longest, length);
                    x += values.get(0);
                    y += values.get(1);
                    z += values.get(2);
                    count++;
                }
            }
            return new Rest(count, x / count, y / count, z / count, shortest, longest);
        }
    }
}

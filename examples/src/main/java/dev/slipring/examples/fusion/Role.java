package dev.slipring.examples.fusion;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The six processes. */
enum Role {
    /** {@link SensorProducer} of accelerometer and gyroscope. */
    IMU,
    /** {@link SensorProducer} of GPS. */
    GPS,
    /** {@link CalibrationPublisher}. */
    CALIBRATION,
    /** {@link FusionConsumer}. */
    FUSION,
    /** {@link SampleLogger}. */
    LOGGER,
    /** {@link Monitor}. */
    MONITOR;

    /** What a producer of samples produces. */
    Set<Sensor> sensors() {
        return switch (this) {
            case IMU -> EnumSet.of(Sensor.ACCELEROMETER, Sensor.GYROSCOPE);
            case GPS -> EnumSet.of(Sensor.GPS);
            default -> EnumSet.noneOf(Sensor.class);
        };
    }

    /** As people say it. */
    @Override
    public String toString() {
        return switch (this) {
            case IMU, GPS -> name() + " producer";
            case CALIBRATION -> "calibration publisher";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}

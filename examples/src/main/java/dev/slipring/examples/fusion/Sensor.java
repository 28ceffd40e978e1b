package dev.slipring.examples.fusion;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipring.seqlock.SlotKey;
import java.util.Locale;

/** What measures. The order is that in which readings of the same time are taken. */
enum Sensor {
    /** m/s² along X, Y, Z of the camera. */
    @JsonProperty("accelerometer")
    ACCELEROMETER("ACCL", 3, true),
    /** rad/s about X, Y, Z of the camera. */
    @JsonProperty("gyroscope")
    GYROSCOPE("GYRO", 3, true),
    /** Latitude and longitude in degrees, altitude in m, speed over ground and in space in m/s. */
    @JsonProperty("gps")
    GPS("GPS5", 5, false);

    /** Values of the one that has the most. */
    static final int MAX_VALUES = 5;
    private static final Sensor[] ALL = values();

    private final String code;
    private final int values;
    private final boolean calibrated;

    Sensor(String code, int values, boolean calibrated) {
        this.code = code;
        this.values = values;
        this.calibrated = calibrated;
    }

    static Sensor of(int ordinal) {
        return ALL[ordinal];
    }

    static Sensor ofCode(String code) {
        for (var sensor : ALL) {
            if (sensor.code.equals(code)) {
                return sensor;
            }
        }
        throw new IllegalArgumentException("no sensor " + code);
    }

    /** How many values a reading has. */
    int valueCount() {
        return values;
    }

    /** Whether its readings mean something only together with a calibration. */
    boolean isCalibrated() {
        return calibrated;
    }

    SlotKey key() {
        return SlotKey.of(toString());
    }

    /** As people say it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

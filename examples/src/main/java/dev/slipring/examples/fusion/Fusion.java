package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Digest;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The estimate: takes reading after reading, each with its calibration, and says how the camera is turned, where it is and how fast it
 * goes. Whoever feeds it the same readings with the same calibrations in the same order has the same estimate, bit for bit; a digest over
 * all there was tells.
 *
 * <p>Deterministic, one thread. After Groves, Principles of GNSS, inertial, and multisensor integrated navigation systems (2013), ch. 5
 * and 14, much simplified: the earth is flat and does not turn.
 */
final class Fusion {
    /** Bytes of an encoded state. */
    static final int STATE_LENGTH = (Navigation.STATES + 5) * Long.BYTES;

    private static final double US_PER_SECOND = 1e6;
    private static final double EARTH_RADIUS = 6_371_008.8;
    private static final double RADIANS = StrictMath.PI / 180;

    private final Attitude attitude = new Attitude();
    private final Navigation navigation = new Navigation();
    private final Digest digest = new Digest();
    private long timeUs;
    private long accelerationUs = -1;
    private long rotationUs = -1;
    private boolean located;
    private double latitude;
    private double longitude;
    private double altitude;
    private double metresPerDegreeEast;
    private double east;
    private double north;
    private long used;

    /**
     * Takes in a reading.
     *
     * @param time        in µs; does not decrease
     * @param values      as the sensor has them
     * @param calibration null for a sensor that has none
     */
    void apply(Sensor sensor, long time, double[] values, @Nullable Calibration calibration) {
        timeUs = time;
        switch (sensor) {
            case ACCELEROMETER -> onAcceleration(values, required(calibration));
            case GYROSCOPE -> onRotation(values, required(calibration));
            case GPS -> onFix(values);
            default -> throw new IllegalArgumentException("what to do with " + sensor);
        }
        used++;
        addToDigest();
    }

    private static Calibration required(@Nullable Calibration calibration) {
        if (calibration == null) {
            throw new IllegalArgumentException("no calibration for a reading that needs one");
        }
        return calibration;
    }

    private void onAcceleration(double[] values, Calibration calibration) {
        double x = values[0] * calibration.accelerationScale();
        double y = values[1] * calibration.accelerationScale();
        double z = values[2] * calibration.accelerationScale();
        attitude.onAcceleration(x, y, z);
        if (accelerationUs >= 0) {
            navigation.onAcceleration(attitude.levelX(x, y, z), attitude.levelY(x, y, z),
                attitude.levelZ(x, y, z) - CalibrationSchedule.GRAVITY, (timeUs - accelerationUs) / US_PER_SECOND);
        }
        accelerationUs = timeUs;
    }

    private void onRotation(double[] values, Calibration calibration) {
        if (rotationUs >= 0) {
            attitude.onRotation(values[0] - calibration.biasX(), values[1] - calibration.biasY(), values[2] - calibration.biasZ(),
                (timeUs - rotationUs) / US_PER_SECOND);
        }
        rotationUs = timeUs;
    }

    private void onFix(double[] values) {
        if (!located) {
            located = true;
            latitude = values[0];
            longitude = values[1];
            altitude = values[2];
            metresPerDegreeEast = EARTH_RADIUS * RADIANS * StrictMath.cos(latitude * RADIANS);
        }
        east = (values[1] - longitude) * metresPerDegreeEast;
        north = (values[0] - latitude) * (EARTH_RADIUS * RADIANS);
        navigation.onFix(east, north, values[2] - altitude);
    }

    private void addToDigest() {
        digest.add(timeUs).add(bits(attitude.w())).add(bits(attitude.x())).add(bits(attitude.y())).add(bits(attitude.z()));
        for (int i = 0; i < Navigation.STATES; i++) {
            digest.add(bits(navigation.state(i)));
        }
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** Time, attitude as a quaternion, and the states of {@link Navigation}. */
    void encode(MutableDirectBuffer buffer, int offset) {
        buffer.putLong(offset, timeUs);
        buffer.putDouble(offset + 8, attitude.w());
        buffer.putDouble(offset + 16, attitude.x());
        buffer.putDouble(offset + 24, attitude.y());
        buffer.putDouble(offset + 32, attitude.z());
        for (int i = 0; i < Navigation.STATES; i++) {
            buffer.putDouble(offset + 40 + i * Long.BYTES, navigation.state(i));
        }
    }

    Attitude attitude() {
        return attitude;
    }

    Navigation navigation() {
        return navigation;
    }

    /** Where the last fix was, in m east of the first. */
    double fixEast() {
        return east;
    }

    /** Where the last fix was, in m north of the first. */
    double fixNorth() {
        return north;
    }

    /** How fast over ground, in m/s. */
    double groundSpeed() {
        double e = navigation.state(3);
        double n = navigation.state(4);
        return StrictMath.sqrt(e * e + n * n);
    }

    /** Of all states that there were. */
    String digest() {
        return digest.toString();
    }

    /** Readings taken in. */
    long used() {
        return used;
    }
}

package dev.slipring.examples.fusion;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What goes through the rings.
 *
 * <pre>
 *   +0   slot: the sensor's number (4 bytes), nothing (4)
 *   +8   version in the slot
 *  +16   version of the calibration that it was taken under; 0 for a sensor that has none
 *  +24   source time, µs
 *  +32   values: 8 bytes each; only in what goes to the logger
 * </pre>
 */
final class SampleMessage {
    /** A sample is in its slot. */
    static final int SAMPLE = 1;
    /** The producer of this sensor's samples has no more of any. */
    static final int END = 2;
    /** A sample was used with this calibration. */
    static final int USED = 3;
    /** A calibration, as in its slot. */
    static final int CALIBRATION = 4;

    static final int LENGTH = 32;
    static final int MAX_LENGTH = LENGTH + Sensor.MAX_VALUES * Double.BYTES;

    private SampleMessage() {
    }

    static void encode(MutableDirectBuffer buffer, Sensor sensor, long version, long calibration, long timeUs) {
        buffer.putLong(0, sensor.ordinal());
        buffer.putLong(8, version);
        buffer.putLong(16, calibration);
        buffer.putLong(24, timeUs);
    }

    static void putValue(MutableDirectBuffer buffer, int index, double value) {
        buffer.putDouble(LENGTH + index * Double.BYTES, value);
    }

    static Sensor sensor(DirectBuffer buffer, int offset) {
        return Sensor.of(buffer.getInt(offset));
    }

    static Sample sample(DirectBuffer buffer, int offset) {
        return new Sample(sensor(buffer, offset), buffer.getLong(offset + 8), buffer.getLong(offset + 16), buffer.getLong(offset + 24));
    }

    static double value(DirectBuffer buffer, int offset, int index) {
        return buffer.getDouble(offset + LENGTH + index * Double.BYTES);
    }
}

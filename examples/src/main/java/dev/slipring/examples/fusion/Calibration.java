package dev.slipring.examples.fusion;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What to make of the readings of accelerometer and gyroscope.
 *
 * @param version           counted from 1: its version in the calibration's slot
 * @param fromUs            readings from this time on
 * @param untilUs           and before this one are to be understood by it
 * @param accelerationScale times what the accelerometer says
 * @param biasX             what the gyroscope says at rest, rad/s
 * @param biasY             the same
 * @param biasZ             the same
 */
record Calibration(long version, long fromUs, long untilUs, double accelerationScale, double biasX, double biasY, double biasZ) {
    static final int LENGTH = 7 * Long.BYTES;

    void encode(MutableDirectBuffer buffer, int offset) {
        buffer.putLong(offset, version);
        buffer.putLong(offset + 8, fromUs);
        buffer.putLong(offset + 16, untilUs);
        buffer.putDouble(offset + 24, accelerationScale);
        buffer.putDouble(offset + 32, biasX);
        buffer.putDouble(offset + 40, biasY);
        buffer.putDouble(offset + 48, biasZ);
    }

    static Calibration decode(DirectBuffer buffer, int offset) {
        return new Calibration(buffer.getLong(offset), buffer.getLong(offset + 8), buffer.getLong(offset + 16),
            buffer.getDouble(offset + 24), buffer.getDouble(offset + 32), buffer.getDouble(offset + 40), buffer.getDouble(offset + 48));
    }
}

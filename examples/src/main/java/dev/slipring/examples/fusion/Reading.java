package dev.slipring.examples.fusion;

import java.util.List;

/**
 * One line of the file.
 *
 * @param sensor  who measured
 * @param version which of this sensor's it is, counted from 1: its version in the sensor's slot
 * @param timeUs  when, in µs since the beginning
 * @param values  what
 */
record Reading(Sensor sensor, long version, long timeUs, List<Double> values) {
    /** Copies the values. */
    Reading {
        values = List.copyOf(values);
    }

    /** Bit for bit, as {@link Double#equals} has it. */
    boolean hasValues(double[] others) {
        for (int i = 0; i < values.size(); i++) {
            if (Double.doubleToRawLongBits(values.get(i)) != Double.doubleToRawLongBits(others[i])) {
                return false;
            }
        }
        return true;
    }

    void copyTo(double[] target) {
        for (int i = 0; i < values.size(); i++) {
            target[i] = values.get(i);
        }
    }
}

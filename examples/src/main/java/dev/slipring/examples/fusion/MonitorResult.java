package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Latency;
import java.util.Map;

/**
 * What the monitor saw.
 *
 * @param snapshots of all sensors and the calibration, each of one instant
 * @param seconds   in which it took them
 * @param skipped   values of each sensor that were overtaken by newer ones between two snapshots
 * @param ages      of what was the newest, from when it was published
 * @param stateAge  the same of the state
 * @param retries   reads and snapshots that had to be begun anew
 * @param torn      values that are not in the file, and snapshots that were of no one instant
 */
record MonitorResult(long snapshots, double seconds, Map<Sensor, Long> skipped, Map<Sensor, Latency> ages, Latency stateAge, long retries,
    long torn) {
}

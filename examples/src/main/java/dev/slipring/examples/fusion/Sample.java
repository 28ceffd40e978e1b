package dev.slipring.examples.fusion;

/**
 * Which sample it is, without its values.
 *
 * @param sensor      whose slot it is in
 * @param version     in that slot
 * @param calibration version of the one it was taken under, or was used with; 0 for a sensor that has none
 * @param timeUs      source time
 */
record Sample(Sensor sensor, long version, long calibration, long timeUs) {
}

package dev.slipring.examples.fusion;

/**
 * What the calibration publisher did.
 *
 * @param written calibrations put into the slot
 * @param logRing messages put in
 */
record CalibrationResult(long written, long logRing) {
}

package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Latency;
import java.util.Map;

/**
 * What the fusion process did.
 *
 * @param used        samples of each sensor
 * @param overwritten samples of each sensor that were gone, or whose calibration was
 * @param ages        from when a sample was published until it was used
 * @param mismatches  samples that were combined with another calibration than their own
 * @param retries     reads that had to be begun anew, as the writer was faster
 * @param samplesRing messages taken out
 * @param logRing     messages put in
 * @param digest      of all states
 */
record FusionResult(Map<Sensor, Long> used, Map<Sensor, Long> overwritten, Map<Sensor, Latency> ages, long mismatches, long retries,
    long samplesRing, long logRing, String digest) {
}

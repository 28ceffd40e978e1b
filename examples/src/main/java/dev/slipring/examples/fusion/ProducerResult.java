package dev.slipring.examples.fusion;

import java.util.Map;

/**
 * What a sensor's producer did.
 *
 * @param written     values put into each of its slots
 * @param seconds     from when the first was due until the last was out
 * @param samplesRing messages put in
 * @param logRing     messages put in
 */
record ProducerResult(Map<Sensor, Long> written, double seconds, long samplesRing, long logRing) {
}

/**
 * Sensor fusion: six processes around a table of slots. Every reading of the sensors is in a slot, and a message in a ring says which
 * version of which slot it is and which calibration belongs to it.
 *
 * <pre>
 *   SensorProducer (IMU) --.  slots: accelerometer, gyroscope, gps, calibration  .--> FusionConsumer --> slot: state
 *   SensorProducer (GPS) --+                                                     +--> Monitor: the newest of all, 100 times a second
 *   CalibrationPublisher --'  ring: {slot, version, calibration} --> FusionConsumer
 *                             ring: every reading and all that was used --> SampleLogger
 * </pre>
 */
@NullMarked
package dev.slipring.examples.fusion;

import org.jspecify.annotations.NullMarked;

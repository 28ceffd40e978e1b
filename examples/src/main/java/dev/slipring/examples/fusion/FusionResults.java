package dev.slipring.examples.fusion;

/** What the six processes say of themselves. */
record FusionResults(ProducerResult imu, ProducerResult gps, CalibrationResult calibration, FusionResult fusion, LoggerResult logger,
    MonitorResult monitor) {

    long written(Sensor sensor) {
        return (sensor == Sensor.GPS ? gps : imu).written().getOrDefault(sensor, 0L);
    }

    double seconds(Sensor sensor) {
        return (sensor == Sensor.GPS ? gps : imu).seconds();
    }
}

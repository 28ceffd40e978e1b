package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Latency;
import dev.slipring.examples.demo.LatencyRecorder;
import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.Pace;
import dev.slipring.seqlock.Read;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for a display or a controller: 100 times a second, the newest of all sensors, of one instant, and the newest state. It is
 * unknown to those who write. What it sees it compares with the file: no value may be mixed of two, and, as the accelerometer's slot is
 * written before the gyroscope's, at no instant is the gyroscope ahead.
 */
final class Monitor {
    private static final long RATE_HZ = 100;

    private final Readings readings;
    private final long calibrationCount;
    private final Map<Sensor, SlotReader> slots = new EnumMap<>(Sensor.class);
    private final SlotReader calibration;
    private final SlotReader state;
    private final Snapshot snapshot;
    private final Map<Sensor, LatencyRecorder> ages = new EnumMap<>(Sensor.class);
    private final Map<Sensor, Long> skipped = new EnumMap<>(Sensor.class);
    private final LatencyRecorder stateAges = new LatencyRecorder();
    private final double[] values = new double[Sensor.MAX_VALUES];
    private long snapshots;
    private long torn;
    private long lastState;

    /** Attaches. */
    Monitor(Rig rig, Readings readings, CalibrationSchedule schedule) {
        this.readings = readings;
        calibrationCount = schedule.all().size();
        var table = rig.tableReader();
        List<SlotReader> all = new ArrayList<>();
        for (var sensor : Sensor.values()) {
            var slot = table.reader(sensor.key());
            slots.put(sensor, slot);
            all.add(slot);
            ages.put(sensor, new LatencyRecorder());
            skipped.put(sensor, 0L);
        }
        calibration = rig.calibrationReader();
        all.add(calibration);
        snapshot = new Snapshot(all.toArray(SlotReader[]::new));
        state = rig.stateReader();
    }

    /** Runs until the last value of every slot has been seen. */
    MonitorResult run() {
        var pace = new Pace(RATE_HZ, Idle.strategy());
        for (long tick = 0; !hasSeenTheLast(); tick++) {
            pace.await(tick);
            look();
        }
        double seconds = (System.nanoTime() - pace.startNs()) / (double) TimeUnit.SECONDS.toNanos(1);
        var latencies = new EnumMap<Sensor, Latency>(Sensor.class);
        ages.forEach((sensor, recorder) -> latencies.put(sensor, recorder.latency()));
        return new MonitorResult(snapshots, seconds, skipped, latencies, stateAges.latency(), retries(), torn);
    }

    /** Of single values, and of the snapshots as a whole. */
    private long retries() {
        return snapshot.retries() + calibration.retries() + state.retries()
            + slots.values().stream().mapToLong(SlotReader::retries).sum();
    }

    private boolean hasSeenTheLast() {
        return calibration.value().version() == calibrationCount && slots.entrySet().stream()
            .allMatch(entry -> entry.getValue().value().version() == readings.of(entry.getKey()).size());
    }

    private void look() {
        var outcome = snapshot.read();
        while (outcome == Read.BUSY) {
            outcome = snapshot.read();
        }
        if (outcome.isDelivered()) {
            snapshots++;
            slots.forEach(this::check);
            if (version(Sensor.GYROSCOPE) > version(Sensor.ACCELEROMETER)) {
                torn++;
            }
        }
        if (state.read().isDelivered() && state.value().version() != lastState) {
            lastState = state.value().version();
            stateAges.record(state.value().publishTimeNs());
        }
    }

    private void check(Sensor sensor, SlotReader slot) {
        var value = slot.value();
        for (int i = 0; i < sensor.valueCount(); i++) {
            values[i] = value.payload().getDouble(i * Double.BYTES);
        }
        var reading = readings.get(sensor, value.version());
        if (!reading.hasValues(values) || reading.timeUs() != value.sourceTime()) {
            torn++;
        }
        var recorder = ages.get(sensor);
        if (recorder != null) {
            recorder.record(value.publishTimeNs());
        }
        skipped.merge(sensor, snapshot.skipped(sensor.ordinal()), Long::sum);
    }

    private long version(Sensor sensor) {
        var slot = slots.get(sensor);
        return slot == null ? 0 : slot.value().version();
    }
}

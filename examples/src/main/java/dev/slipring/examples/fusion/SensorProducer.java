package dev.slipring.examples.fusion;

import dev.slipring.core.RoleTaken;
import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.Pace;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.seqlock.Read;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotWriter;
import dev.slipring.seqlock.TableWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stands in for the driver of a device: puts each reading into its sensor's slot when it is due, and a message into either ring that says
 * which it is. A reading that is calibrated is published under the calibration for its time, and waits for it.
 */
final class SensorProducer {
    private final Role role;
    private final List<Reading> readings;
    private final TableWriter table;
    private final Map<Sensor, SlotWriter> slots = new EnumMap<>(Sensor.class);
    private final SlotReader calibrations;
    private final Sender samples;
    private final Sender log;
    private final IdleStrategy idle;
    private final BooleanSupplier toStop;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[SampleMessage.MAX_LENGTH]);

    /**
     * Attaches.
     *
     * @param role   which of the producers
     * @param toStop whether to publish no more
     */
    SensorProducer(Rig rig, Role role, Readings readings, BooleanSupplier toStop) {
        this.role = role;
        this.toStop = toStop;
        idle = Idle.strategy(rig.busySpin());
        this.readings = readings.of(role.sensors());
        table = rig.tableWriter();
        calibrations = rig.calibrationReader();
        samples = rig.samples();
        log = rig.log();
    }

    /** Publishes all of them, or what there is time for, and leaves. */
    ProducerResult run(Pace pace) {
        for (var sensor : role.sensors()) {
            slots.put(sensor, slot(sensor));
        }
        for (var reading : readings) {
            pace.await(reading.timeUs(), toStop);
            long calibration = reading.sensor().isCalibrated() ? calibration(reading.timeUs()) : 0;
            if (toStop.getAsBoolean()) {
                break;
            }
            publish(reading, calibration);
        }
        double seconds = (System.nanoTime() - pace.startNs()) / (double) TimeUnit.SECONDS.toNanos(1);
        SampleMessage.encode(message, readings.getFirst().sensor(), 0, 0, 0);
        samples.send(SampleMessage.END, message, SampleMessage.LENGTH);
        var written = new EnumMap<Sensor, Long>(Sensor.class);
        slots.forEach((sensor, slot) -> written.put(sensor, slot.version()));
        samples.close();
        log.close();
        table.close();
        return new ProducerResult(written, seconds, samples.sent(), log.sent());
    }

    /** Takes the sensor's slot, which is added; waits while another producer adds its own. */
    private SlotWriter slot(Sensor sensor) {
        idle.reset();
        while (true) {
            try {
                return table.writer(sensor.key());
            } catch (RoleTaken e) {
                if (table.count() == Sensor.values().length) {
                    throw e; // all have been added, so it is the slot's
                }
                idle.idle();
            }
        }
    }

    private void publish(Reading reading, long calibration) {
        var slot = slots.get(reading.sensor());
        if (slot == null) {
            throw new IllegalStateException("no slot for " + reading.sensor());
        }
        long version;
        try (var update = slot.begin()) {
            var values = reading.values();
            for (int i = 0; i < values.size(); i++) {
                update.buffer().putDouble(i * Double.BYTES, values.get(i));
                SampleMessage.putValue(message, i, values.get(i));
            }
            version = update.sourceTime(reading.timeUs()).contextVersion(calibration).publish(values.size() * Double.BYTES);
        }
        SampleMessage.encode(message, reading.sensor(), version, calibration, reading.timeUs());
        samples.send(SampleMessage.SAMPLE, message, SampleMessage.LENGTH);
        log.send(SampleMessage.SAMPLE, message, SampleMessage.MAX_LENGTH);
    }

    /** The version of the calibration for this time; returns when there is one, or 0 when it is to stop. */
    private long calibration(long timeUs) {
        idle.reset();
        while (!toStop.getAsBoolean()) {
            var outcome = calibrations.atOrBefore(timeUs);
            if (outcome == Read.OVERWRITTEN) {
                throw new IllegalStateException("the calibration for " + timeUs + " us was overwritten: more cells retain more of them");
            }
            if (outcome.isDelivered() && timeUs < Calibration.decode(calibrations.value().payload(), 0).untilUs()) {
                return calibrations.value().version();
            }
            if (calibrations.read() == Read.WRITER_DEAD) {
                throw new PeerGone("the " + Role.CALIBRATION + " died");
            }
            idle.idle();
        }
        return 0;
    }
}

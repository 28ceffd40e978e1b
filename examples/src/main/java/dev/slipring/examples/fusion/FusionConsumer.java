package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.Latency;
import dev.slipring.examples.demo.LatencyRecorder;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.seqlock.Read;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotWriter;
import dev.slipring.seqlock.TableReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes each sample that a message names out of its slot, exactly that version, with the calibration that it was taken under, exactly
 * that version, and feeds both to the {@link Fusion}. Either may have been overwritten: then the sample is counted, and left out. What it
 * used it tells the logger, and the state it puts into a slot.
 */
final class FusionConsumer {
    private static final int LIMIT = 16;

    private final boolean matching;
    private final LongConsumer progress;
    private final RingConsumer messages;
    private final Sender log;
    private final SlotWriter state;
    private final Map<Sensor, SlotReader> slots = new EnumMap<>(Sensor.class);
    private final SlotReader calibrations;
    private final Merge merge = new Merge(this::use);
    private final Fusion fusion = new Fusion();
    private final Map<Sensor, LatencyRecorder> ages = new EnumMap<>(Sensor.class);
    private final Map<Sensor, Long> used = new EnumMap<>(Sensor.class);
    private final Map<Sensor, Long> overwritten = new EnumMap<>(Sensor.class);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[SampleMessage.LENGTH]);
    private final double[] values = new double[Sensor.MAX_VALUES];
    private long seen;
    private long mismatches;

    /**
     * Attaches.
     *
     * @param matching false to take the newest calibration for every sample, which is wrong
     * @param progress is told now and then how many samples were dealt with
     */
    FusionConsumer(Rig rig, boolean matching, LongConsumer progress) {
        this.matching = matching;
        this.progress = progress;
        TableReader table = rig.tableReader();
        for (var sensor : Sensor.values()) {
            slots.put(sensor, table.reader(sensor.key()));
            ages.put(sensor, new LatencyRecorder());
            used.put(sensor, 0L);
            overwritten.put(sensor, 0L);
        }
        calibrations = rig.calibrationReader();
        messages = rig.sampleConsumer();
        log = rig.log();
        state = rig.stateWriter();
    }

    /** Runs until the producers have left. */
    FusionResult run() {
        MessageHandler handler = (type, buffer, offset, length) -> {
            switch (type) {
                case SampleMessage.SAMPLE -> merge.add(SampleMessage.sample(buffer, offset));
                case SampleMessage.END -> merge.end(SampleMessage.sensor(buffer, offset));
                default -> throw new IllegalStateException("a message of type " + type);
            }
        };
        var idle = Idle.strategy();
        int polled = messages.poll(handler, LIMIT);
        while (polled >= 0) {
            idle.idle(polled);
            progress.accept(seen);
            polled = messages.poll(handler, LIMIT);
        }
        if (polled == RingConsumer.PRODUCER_DEAD || !merge.isEnded()) {
            throw new PeerGone("a producer died");
        }
        long taken = messages.sequence();
        messages.close();
        log.close();
        state.close();
        var latencies = new EnumMap<Sensor, Latency>(Sensor.class);
        ages.forEach((sensor, recorder) -> latencies.put(sensor, recorder.latency()));
        return new FusionResult(used, overwritten, latencies, mismatches, retries(), taken, log.sent(), fusion.digest());
    }

    private long retries() {
        return calibrations.retries() + slots.values().stream().mapToLong(SlotReader::retries).sum();
    }

    private void use(Sample sample) {
        seen++;
        var slot = slots.get(sample.sensor());
        if (slot == null || !isRead(slot.readExactly(sample.version()), "sample")) {
            overwritten.merge(sample.sensor(), 1L, Long::sum);
            return;
        }
        var value = slot.value();
        if (value.contextVersion() != sample.calibration() || value.sourceTime() != sample.timeUs()) {
            throw new IllegalStateException("message and slot disagree: " + sample + ", but calibration " + value.contextVersion()
                + " and time " + value.sourceTime());
        }
        Calibration calibration = null;
        if (sample.sensor().isCalibrated()) {
            calibration = calibration(sample.calibration());
            if (calibration == null) {
                overwritten.merge(sample.sensor(), 1L, Long::sum);
                return;
            }
        }
        for (int i = 0; i < sample.sensor().valueCount(); i++) {
            values[i] = value.payload().getDouble(i * Double.BYTES);
        }
        var recorder = ages.get(sample.sensor());
        if (recorder != null) {
            recorder.record(value.publishTimeNs());
        }
        fusion.apply(sample.sensor(), sample.timeUs(), values, calibration);
        tell(sample, calibration == null ? 0 : calibration.version());
    }

    /** That calibration, or null when it is no longer there; without matching, the newest, whatever is asked for. */
    private @Nullable Calibration calibration(long version) {
        Read outcome = matching ? calibrations.readExactly(version) : calibrations.read();
        while (outcome == Read.BUSY) {
            outcome = calibrations.read();
        }
        if (!isRead(outcome, "calibration")) {
            return null;
        }
        var calibration = Calibration.decode(calibrations.value().payload(), 0);
        if (calibration.version() != version) {
            mismatches++;
        }
        return calibration;
    }

    private static boolean isRead(Read outcome, String what) {
        if (outcome == Read.NONE_YET) {
            throw new IllegalStateException("a message came before its " + what);
        }
        return outcome.isDelivered();
    }

    private void tell(Sample sample, long calibration) {
        used.merge(sample.sensor(), 1L, Long::sum);
        SampleMessage.encode(message, sample.sensor(), sample.version(), calibration, sample.timeUs());
        log.send(SampleMessage.USED, message, SampleMessage.LENGTH);
        try (var update = state.begin()) {
            fusion.encode(update.buffer(), 0);
            update.sourceTime(sample.timeUs()).contextVersion(calibration).publish(Fusion.STATE_LENGTH);
        }
    }
}

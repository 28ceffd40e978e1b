package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Pace;
import dev.slipring.seqlock.SlotWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts each calibration into its slot when it begins to apply. */
final class CalibrationPublisher {
    private final List<Calibration> calibrations;
    private final SlotWriter slot;
    private final Sender log;

    /** Attaches. */
    CalibrationPublisher(Rig rig, CalibrationSchedule schedule) {
        calibrations = schedule.all();
        slot = rig.calibrationWriter();
        log = rig.log();
    }

    /** Publishes all of them, or what there is time for, and leaves. */
    CalibrationResult run(Pace pace, BooleanSupplier toStop) {
        var buffer = new UnsafeBuffer(new byte[Calibration.LENGTH]);
        for (var calibration : calibrations) {
            pace.await(calibration.fromUs(), toStop);
            if (toStop.getAsBoolean()) {
                break;
            }
            publish(calibration, buffer);
        }
        log.close();
        slot.close();
        return new CalibrationResult(slot.version(), log.sent());
    }

    private void publish(Calibration calibration, UnsafeBuffer buffer) {
        calibration.encode(buffer, 0);
        slot.write(buffer, 0, Calibration.LENGTH, calibration.fromUs(), calibration.version(), -1);
        log.send(SampleMessage.CALIBRATION, buffer, Calibration.LENGTH);
    }
}

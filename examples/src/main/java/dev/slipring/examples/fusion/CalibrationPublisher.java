package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.Pace;
import dev.slipring.seqlock.SlotWriter;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts each calibration into its slot when it begins to apply. */
final class CalibrationPublisher {
    private static final double US_PER_SECOND = 1e6;

    private final List<Calibration> calibrations;
    private final SlotWriter slot;
    private final Sender log;

    /** Attaches. */
    CalibrationPublisher(Rig rig, CalibrationSchedule schedule) {
        calibrations = schedule.all();
        slot = rig.calibrationWriter();
        log = rig.log();
    }

    /** Publishes all of them and leaves. */
    CalibrationResult run(double speed) {
        var buffer = new UnsafeBuffer(new byte[Calibration.LENGTH]);
        var pace = new Pace(Math.round(speed * US_PER_SECOND), Idle.strategy());
        for (var calibration : calibrations) {
            pace.await(calibration.fromUs());
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

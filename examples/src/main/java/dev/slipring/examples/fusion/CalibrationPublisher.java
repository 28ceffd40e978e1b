package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Pace;
import dev.slipring.seqlock.SlotWriter;
import dev.slipring.seqlock.TableWriter;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts each calibration into its slot when it begins to apply. */
final class CalibrationPublisher {
    private static final double US_PER_SECOND = 1e6;

    private final List<Calibration> calibrations;
    private final TableWriter table;
    private final Sender log;

    /** Attaches. */
    CalibrationPublisher(Rig rig, CalibrationSchedule schedule) {
        calibrations = schedule.all();
        table = rig.tableWriter();
        log = rig.log();
    }

    /** Publishes all of them and leaves. */
    CalibrationResult run(double speed) {
        var slot = Slots.writer(table, Slots.CALIBRATION);
        var buffer = new UnsafeBuffer(new byte[Calibration.LENGTH]);
        var pace = new Pace(Math.round(speed * US_PER_SECOND));
        for (var calibration : calibrations) {
            pace.await(calibration.fromUs());
            publish(slot, calibration, buffer);
        }
        log.close();
        table.close();
        return new CalibrationResult(slot.version(), log.sent());
    }

    private void publish(SlotWriter slot, Calibration calibration, UnsafeBuffer buffer) {
        calibration.encode(buffer, 0);
        slot.write(buffer, 0, Calibration.LENGTH, calibration.fromUs(), calibration.version(), -1);
        log.send(SampleMessage.CALIBRATION, buffer, Calibration.LENGTH);
    }
}

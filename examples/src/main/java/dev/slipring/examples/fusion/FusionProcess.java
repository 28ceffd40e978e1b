package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Member;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Main class of the six processes: role, directory, speed, whether to match. Started by the coordinator. */
final class FusionProcess {
    private FusionProcess() {
    }

    /** Runs one role to its end. */
    public static void main(String[] arguments) throws InterruptedException {
        var role = Role.valueOf(arguments[0]);
        var rig = new Rig(Path.of(arguments[1]), role.toString());
        Member.run(rig::leaveAsTheLast, me -> {
            var progress = new AtomicLong();
            var work = work(role, rig, Double.parseDouble(arguments[2]), Boolean.parseBoolean(arguments[3]), progress);
            me.ready();
            me.reportProgress(progress::getOpaque);
            me.result(work.get());
            rig.leave();
        });
    }

    /** What this role does, attached to everything. */
    private static Supplier<Record> work(Role role, Rig rig, double speed, boolean matching, AtomicLong progress) {
        return switch (role) {
            case IMU, GPS -> {
                var producer = new SensorProducer(rig, role, Readings.load());
                yield () -> producer.run(speed);
            }
            case CALIBRATION -> {
                var publisher = new CalibrationPublisher(rig, CalibrationSchedule.of(Readings.load()));
                yield () -> publisher.run(speed);
            }
            case FUSION -> new FusionConsumer(rig, matching, progress::setOpaque)::run;
            case LOGGER -> new SampleLogger(rig)::run;
            case MONITOR -> {
                var readings = Readings.load();
                yield new Monitor(rig, readings, CalibrationSchedule.of(readings))::run;
            }
        };
    }
}

package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Member;
import dev.slipring.examples.demo.Pace;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Main class of the six processes: role, directory, speed, whether to match, busy spin. Started by the coordinator. */
final class FusionProcess {
    private static final double US_PER_SECOND = 1e6;

    private FusionProcess() {
    }

    /** Runs one role to its end. */
    public static void main(String[] arguments) throws InterruptedException {
        var role = Role.valueOf(arguments[0]);
        var rig = new Rig(Path.of(arguments[1]), role.toString(), Boolean.parseBoolean(arguments[4]));
        Member.run(rig::leaveAsTheLast, me -> {
            var progress = new AtomicLong();
            long rate = Math.round(Double.parseDouble(arguments[2]) * US_PER_SECOND);
            var work = work(role, rig, rate, Boolean.parseBoolean(arguments[3]), progress, me);
            me.ready();
            me.reportProgress(progress::getOpaque);
            me.result(work.run());
            rig.leave();
        });
    }

    @FunctionalInterface
    private interface Work {
        Record run() throws InterruptedException;
    }

    /** What this role does, attached to everything. */
    private static Work work(Role role, Rig rig, long rate, boolean matching, AtomicLong progress, Member me) {
        return switch (role) {
            case IMU, GPS -> {
                var producer = new SensorProducer(rig, role, Readings.load(), me::isStopping);
                yield () -> producer.run(new Pace(rate, rig.busySpin()));
            }
            case CALIBRATION -> {
                var publisher = new CalibrationPublisher(rig, CalibrationSchedule.of(Readings.load()));
                yield () -> publisher.run(new Pace(rate, rig.busySpin()), me::isStopping);
            }
            case FUSION -> new FusionConsumer(rig, matching, progress::setOpaque)::run;
            case LOGGER -> new SampleLogger(rig)::run;
            case MONITOR -> {
                var readings = Readings.load();
                var monitor = new Monitor(rig, readings, CalibrationSchedule.of(readings));
                yield () -> monitor.run(new Pace(Monitor.RATE_HZ, rig.busySpin()), me::isStopping);
            }
        };
    }
}

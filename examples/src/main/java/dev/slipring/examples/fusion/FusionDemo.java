package dev.slipring.examples.fusion;

import dev.slipring.core.SlipringException;
import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes slots and rings, starts the six processes, tells them to go when all are ready, and compares what they say and
 * what the logger wrote down with the file. It takes no part in the flow.
 *
 * <p>Threads: one runs; any may {@link #stop()} and {@link #end()}.
 * Ends its processes and removes everything however it ends itself; only {@code kill -9} is
 * left to the processes, see {@link dev.slipring.examples.demo.Member}.
 */
final class FusionDemo {
    private final FusionSettings settings;
    private final @Nullable Path picture;
    private final Progress progress;
    private final Readings readings;
    private final CalibrationSchedule schedule;
    private final Crew<Role> crew;
    private @Nullable Rig rig;
    private @Nullable SampleLog log;
    private boolean toStop;
    private boolean finished;

    /** @param picture where to put it; null for nowhere */
    FusionDemo(FusionSettings settings, @Nullable Path picture, Progress progress, Readings readings) {
        this.settings = settings;
        this.picture = picture;
        this.progress = progress;
        this.readings = readings;
        schedule = CalibrationSchedule.of(readings);
        crew = new Crew<>(Role.class, progress, "Sending " + readings.all().size() + " readings of " + Sensor.values().length + " sensors, "
            + (settings.speed() == 0 ? "as fast as they go" : settings.speed() + " times as fast as they came"));
    }

    /** Runs to the end, which is a report whatever happens. */
    FusionReport run() throws InterruptedException {
        try {
            progress.stage("Starting six processes around " + Sensor.values().length + " sensors' slots of " + settings.cells() + " cells");
            if (start()) {
                crew.follow();
                readLog();
            } else {
                crew.problems().add("stopped before it had begun");
            }
        } catch (IOException | SlipringException e) {
            crew.problems().add((crew.isComplete() ? "cannot compare: " : "cannot start: ") + e);
        } finally {
            progress.end();
            finish(settings.keep());
        }
        return report();
    }

    /** Asks the producers to send no more; so the run ends in order, soon, with a report of what was sent. */
    synchronized void stop() {
        toStop = true;
        crew.stop();
    }

    /** Ends everything now, and removes everything; nothing when the run has come to its end. */
    void end() {
        finish(false);
    }

    private synchronized boolean start() throws IOException {
        if (!toStop) {
            rig = Rig.create(settings.cells());
            crew.start(FusionProcess.class, List.of(rig.path().toString(), Double.toString(settings.speed()),
                Boolean.toString(!settings.breakMatching()), Boolean.toString(settings.busySpin())));
        }
        return !toStop;
    }

    private synchronized void readLog() throws IOException {
        if (crew.isComplete() && rig != null) {
            log = SampleLog.read(rig.logFile());
        }
    }

    private synchronized void finish(boolean keep) {
        if (finished) {
            return;
        }
        finished = true;
        toStop = true;
        crew.kill();
        if (rig != null && !keep && !rig.removeIfUnused()) {
            System.err.println("somebody else has something in " + rig.path() + " open: remove the directory when they are done");
        }
    }

    private FusionReport report() {
        FusionFigures figures = null;
        String drawn = null;
        var problems = crew.problems();
        var notes = new ArrayList<>(crew.notes());
        if (log != null) {
            progress.stage("Replaying the log, and the whole file, in one process");
            var results = new FusionResults(crew.result(Role.IMU, ProducerResult.class), crew.result(Role.GPS, ProducerResult.class),
                crew.result(Role.CALIBRATION, CalibrationResult.class), crew.result(Role.FUSION, FusionResult.class),
                crew.result(Role.LOGGER, LoggerResult.class), crew.result(Role.MONITOR, MonitorResult.class));
            var sent = crew.isStopped() ? readings.first(results::written) : readings;
            var published = crew.isStopped() ? schedule.first(results.calibration().written()) : schedule;
            if (sent.all().size() < readings.all().size()) {
                notes.add("stopped after " + sent.all().size() + " of " + readings.all().size() + " samples");
            }
            var replayed = Replay.run(log.used(), sent, published);
            var whole = Replay.run(Replay.everything(sent, published), sent, published);
            problems.addAll(FusionVerdict.problems(sent, published, settings.cells(), results, log, replayed.digest(), whole.digest()));
            figures = FusionFigures.of(results, replayed.speedError());
            drawn = draw(replayed, problems);
        }
        var regions = settings.keep() && rig != null ? rig.path().toString() : null;
        return new FusionReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(notes), figures, settings,
            crew.exitCodes(), drawn, regions);
    }

    private @Nullable String draw(Replay.Outcome replayed, List<String> problems) {
        if (picture == null) {
            return null;
        }
        try {
            Files.writeString(picture, Picture.of(replayed));
            return picture.toString();
        } catch (IOException e) {
            problems.add("cannot write the picture: " + e);
            return null;
        }
    }
}

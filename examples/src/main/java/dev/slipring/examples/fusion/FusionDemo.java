package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Demo;
import dev.slipring.examples.demo.LifeCycle;
import dev.slipring.examples.demo.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes slots and rings, and compares what the six processes say and what the logger wrote down with the file. It takes
 * no part in the flow.
 */
final class FusionDemo implements Demo<Role, Rig, FusionReport> {
    private final FusionSettings settings;
    private final @Nullable Path picture;
    private final Progress progress;
    private final Readings readings;
    private final CalibrationSchedule schedule;
    private final Crew<Role> crew;
    private @Nullable SampleLog log;

    private FusionDemo(FusionSettings settings, @Nullable Path picture, Progress progress, Readings readings, Crew<Role> crew) {
        this.settings = settings;
        this.picture = picture;
        this.progress = progress;
        this.readings = readings;
        this.crew = crew;
        schedule = CalibrationSchedule.of(readings);
    }

    /**
     * One run, not yet started.
     *
     * @param picture where to put it; null for nowhere
     */
    static LifeCycle<Role, Rig, FusionReport> prepare(FusionSettings settings, @Nullable Path picture, Progress progress,
        Readings readings) {
        var crew = new Crew<>(Role.class, progress, "Sending " + readings.all().size() + " readings of " + Sensor.values().length
            + " sensors, " + (settings.speed() == 0 ? "as fast as they go" : settings.speed() + " times as fast as they came"));
        return new LifeCycle<>(new FusionDemo(settings, picture, progress, readings, crew), crew, progress, settings.keep());
    }

    @Override
    public String starting() {
        return "Starting six processes around " + Sensor.values().length + " sensors' slots of " + settings.cells() + " cells";
    }

    @Override
    public Rig placeIn(Path directory) {
        return new Rig(directory, "coordinator", false);
    }

    @Override
    public List<String> provide(Rig rig) {
        rig.provide(settings.cells());
        return List.of(Double.toString(settings.speed()), Boolean.toString(!settings.breakMatching()),
            Boolean.toString(settings.busySpin()));
    }

    @Override
    public void collect(Rig rig) throws IOException {
        log = SampleLog.read(rig.logFile());
    }

    @Override
    public FusionReport report(@Nullable String keptIn) {
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
        return new FusionReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(notes), figures, settings,
            crew.exitCodes(), crew.processorTime(), drawn, keptIn);
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

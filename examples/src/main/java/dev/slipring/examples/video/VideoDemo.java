package dev.slipring.examples.video;

import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Demo;
import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.LifeCycle;
import dev.slipring.examples.demo.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes the pool, kills a viewer if asked to, and compares what the processes say. It takes no part in the flow.
 */
final class VideoDemo implements Demo<Role, Studio, VideoReport> {
    private static final int SIGKILL = 128 + 9;
    private static final long BACK_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final double NS_PER_MS = 1e6;
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final VideoSettings settings;
    private final Crew<Role> crew;
    private @Nullable Studio studio;
    private @Nullable Death death;

    private VideoDemo(VideoSettings settings, Crew<Role> crew) {
        this.settings = settings;
        this.crew = crew;
    }

    /** One run, not yet started. */
    static LifeCycle<Role, Studio, VideoReport> prepare(VideoSettings settings, Progress progress) {
        var crew = new Crew<>(settings.roles(), progress, "Sending " + settings.format() + " frames of " + settings.width() + "x"
            + settings.height() + " for " + settings.seconds() + " s, " + (settings.fps() == 0 ? "as fast as they go"
            : settings.fps() + " a second"));
        return new LifeCycle<>(new VideoDemo(settings, crew), crew, progress, settings.keep());
    }

    @Override
    public String starting() {
        return "Starting " + settings.roles().size() + " processes around a pool of " + Role.frames(settings.roles()) + " frames";
    }

    @Override
    public Studio placeIn(Path directory) {
        return new Studio(directory, "coordinator");
    }

    @Override
    public List<String> provide(Studio place) {
        place.provide(settings);
        studio = place;
        return List.of(Json.write(settings));
    }

    @Override
    public void at(long milliseconds) {
        boolean middle = milliseconds >= TimeUnit.SECONDS.toMillis(settings.seconds()) / 2;
        if (settings.killViewer() && middle && death == null && studio != null && !crew.isStopped()) {
            killViewer(studio);
        }
    }

    private void killViewer(Studio studio) {
        var before = studio.status();
        int held = (int) before.holders().stream().filter(holder -> holder.who().name().equals(Role.VIEWER.toString())).count();
        if (held == 0) {
            return; // next time
        }
        long fromNs = System.nanoTime();
        crew.kill(Role.VIEWER);
        var after = studio.status();
        while (after.abandoned() > 0 && System.nanoTime() - fromNs < BACK_WITHIN_NS) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
            after = studio.status();
        }
        death = new Death(held, after.abandoned(), (System.nanoTime() - fromNs) / NS_PER_MS, before.published());
    }

    @Override
    public @Nullable String excuse(Role role, int exitCode) {
        return role == Role.VIEWER && exitCode == SIGKILL && death != null ? String.format(
            "it had %d frames in hand, which were free again %.1f ms later; the others went on", death.held(), death.backMs()) : null;
    }

    @Override
    public VideoReport report(@Nullable String keptIn) {
        VideoFigures figures = null;
        var problems = crew.problems();
        var notes = new ArrayList<>(crew.notes());
        if (crew.isComplete()) {
            var results = results();
            boolean stopped = crew.isStopped() && results.camera().published() != settings.frames();
            if (stopped) {
                notes.add("stopped after " + results.camera().published() + (settings.frames() < 0 ? "" : " of " + settings.frames())
                    + " frames");
            }
            problems.addAll(VideoVerdict.problems(settings, results, stopped, recordedBytes(), death));
            figures = VideoFigures.of(settings, results, death);
        }
        return new VideoReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(notes), figures, settings,
            crew.exitCodes(), crew.processorTime(), keptIn);
    }

    private VideoResults results() {
        return new VideoResults(crew.result(Role.CAMERA, CameraResult.class), crew.result(Role.ANALYSER, AnalyserResult.class),
            result(Role.VIEWER, ConsumerResult.class), crew.result(Role.SNAPSHOT, SnapshotResult.class),
            result(Role.RECORDER, ConsumerResult.class), result(Role.PREVIEW, PreviewResult.class));
    }

    private <T> @Nullable T result(Role role, Class<T> type) {
        return crew.hasResult(role) ? crew.result(role, type) : null;
    }

    private long recordedBytes() {
        try {
            return settings.record() == null ? 0 : Files.size(Path.of(settings.record()));
        } catch (IOException e) {
            crew.problems().add("the recording cannot be read: " + e);
            return 0;
        }
    }
}

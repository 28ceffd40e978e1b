package dev.slipring.examples.video;

import dev.slipring.core.SlipringException;
import dev.slipring.examples.demo.Crew;
import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: makes the pool, starts the processes, tells them to go when all are ready, kills one if asked to, and compares what
 * they say. It takes no part in the flow.
 *
 * <p>Threads: one runs; any may {@link #stop()}. Ends its processes and removes everything however it ends itself; only {@code kill -9} is
 * left to the processes, see {@link dev.slipring.examples.demo.Member}.
 */
final class VideoDemo implements Crew.Overseer<Role> {
    private static final int SIGKILL = 128 + 9;
    private static final long BACK_WITHIN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final double NS_PER_MS = 1e6;
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final VideoSettings settings;
    private final Progress progress;
    private final Crew<Role> crew;
    private @Nullable Studio studio;
    private @Nullable Death death;
    private boolean stopped;

    VideoDemo(VideoSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        crew = new Crew<>(settings.roles(), progress, "Sending " + settings.format() + " frames of " + settings.width() + "x"
            + settings.height() + " for " + settings.seconds() + " s, " + (settings.fps() == 0 ? "as fast as they go"
            : settings.fps() + " a second"));
    }

    /** Runs to the end, which is a report whatever happens. */
    VideoReport run() throws InterruptedException {
        try {
            progress.stage("Starting " + settings.roles().size() + " processes around a pool of " + Role.frames(settings.roles())
                + " frames");
            start();
            crew.follow(this);
        } catch (IOException | SlipringException e) {
            crew.problems().add("cannot start: " + e);
        } finally {
            progress.end();
            finish(settings.keep());
        }
        return report();
    }

    /** Ends everything now, and removes everything; nothing when the run has come to its end. */
    void stop() {
        finish(false);
    }

    private synchronized void start() throws IOException {
        if (!stopped) {
            studio = Studio.create(settings);
            crew.start(VideoProcess.class, List.of(studio.path().toString(), Json.write(settings)));
        }
    }

    private synchronized void finish(boolean keep) {
        if (stopped) {
            return;
        }
        stopped = true;
        crew.kill();
        if (studio != null && !keep && !studio.removeIfUnused()) {
            System.err.println("somebody else has something in " + studio.path() + " open: remove the directory when they are done");
        }
    }

    @Override
    public void at(long milliseconds) {
        if (settings.killViewer() && death == null && milliseconds >= TimeUnit.SECONDS.toMillis(settings.seconds()) / 2) {
            killViewer();
        }
    }

    private synchronized void killViewer() {
        if (stopped || studio == null) {
            return;
        }
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

    private VideoReport report() {
        VideoFigures figures = null;
        var problems = crew.problems();
        if (crew.isComplete()) {
            var results = results();
            problems.addAll(VideoVerdict.problems(settings, results, recordedBytes(), death));
            figures = VideoFigures.of(settings, results, death);
        }
        var regions = settings.keep() && studio != null ? studio.path().toString() : null;
        return new VideoReport(problems.isEmpty() ? "PASS" : "FAIL", List.copyOf(problems), List.copyOf(crew.notes()), figures, settings,
            crew.exitCodes(), regions);
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

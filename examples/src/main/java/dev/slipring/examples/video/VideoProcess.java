package dev.slipring.examples.video;

import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** Main class of the processes: role, directory, settings as JSON. Started by the coordinator. */
final class VideoProcess {
    private VideoProcess() {
    }

    /** Runs one role to its end. */
    public static void main(String[] arguments) throws InterruptedException {
        var role = Role.valueOf(arguments[0]);
        var studio = new Studio(Path.of(arguments[1]), role.toString());
        Member.run(studio::leaveAsTheLast, me -> {
            var milliseconds = new AtomicLong();
            try {
                var work = work(role, studio, Json.read(arguments[2], VideoSettings.class), milliseconds, me);
                me.ready();
                me.reportProgress(milliseconds::getOpaque);
                me.result(work.call());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            studio.leave();
        });
    }

    /** What this role does, attached. */
    private static Work work(Role role, Studio studio, VideoSettings settings, AtomicLong milliseconds, Member me)
        throws IOException {
        return switch (role) {
            case CAMERA -> {
                var camera = new Camera(studio, settings);
                yield () -> camera.run(milliseconds::setOpaque, me);
            }
            case ANALYSER -> new Analyser(studio, settings)::run;
            case VIEWER -> {
                var watching = new Watching(studio, role);
                yield () -> watching.run(lease -> { });
            }
            case SNAPSHOT -> new SnapshotTaker(studio, Path.of(settings.snapshot()))::run;
            case RECORDER -> new Recorder(studio, settings, Path.of(Objects.requireNonNull(settings.record())))::run;
            case PREVIEW -> new Preview(studio, Objects.requireNonNull(settings.preview()))::run;
        };
    }

    private interface Work extends Callable<Record> {
        @Override
        Record call() throws IOException, InterruptedException;
    }
}

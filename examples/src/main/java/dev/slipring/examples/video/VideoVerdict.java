package dev.slipring.examples.video;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what the processes did, each on its own account, with each other and with what was asked for; nothing is rounded. */
final class VideoVerdict {
    private final List<String> problems = new ArrayList<>();
    private final VideoSettings settings;
    private final VideoResults results;
    private final boolean stopped;

    private VideoVerdict(VideoSettings settings, VideoResults results, boolean stopped) {
        this.settings = settings;
        this.results = results;
        this.stopped = stopped;
    }

    /**
     * What differs, in words; empty when nothing does.
     *
     * @param stopped       whether the camera was told to stop, so that it may have published less than was asked for
     * @param recordedBytes of the recorder's file
     * @param death         of the viewer, if it was to be killed
     */
    static List<String> problems(VideoSettings settings, VideoResults results, boolean stopped, long recordedBytes,
        @Nullable Death death) {
        var verdict = new VideoVerdict(settings, results, stopped);
        verdict.compareCamera();
        results.seen().forEach(verdict::compareConsumer);
        verdict.compareRecording(recordedBytes);
        verdict.check("pictures that the snapshot process wrote", results.snapshot().seen().delivered(), results.snapshot().pictures());
        if (settings.killViewer() && (death != null || !stopped)) {
            verdict.compareDeath(death);
        }
        return List.copyOf(verdict.problems);
    }

    private void compareCamera() {
        var camera = results.camera();
        if (settings.frames() >= 0 && !stopped) {
            check("frames published", settings.frames(), camera.published());
        }
        require(camera.published() > 0, "no frame was published");
        require(settings.frames() < 0 || camera.published() <= settings.frames(), "more frames were published than were asked for");
        if (settings.record() == null) {
            check("times that the camera found no frame to write to", 0L, camera.waits());
        }
        require(settings.from() != null || results.analyser().seen().delivered() < 2 || results.analyser().leastMotion() > 0,
            "two frames in succession show the same");
    }

    private void compareConsumer(Role role, ConsumerResult seen) {
        check("frames that the " + role + " was given, and told it lost", results.camera().published(), seen.delivered() + seen.dropped());
        require(seen.delivered() > 0, "the " + role + " was given no frame");
        check("inspections of frames by the " + role + ", two each", 2 * seen.delivered(), seen.inspections());
        check("ages recorded by the " + role, seen.delivered(), seen.age().count());
        check("bytes that the " + role + " found elsewhere than they were written", 0L, seen.copiedBytes());
        require(seen.torn() == 0, "the " + role + " saw " + seen.torn() + " wrong frames: " + seen.firstProblem());
    }

    private void compareRecording(long recordedBytes) {
        var recorder = results.recorder();
        if (recorder != null) {
            check("frames that the recorder lost", 0L, recorder.dropped());
            check("bytes of the recording", Recorder.fileLength(settings, results.camera().published()), recordedBytes);
        }
    }

    private void compareDeath(@Nullable Death death) {
        if (death == null) {
            problems.add("the viewer was to be killed with frames in hand, and had none");
            return;
        }
        require(results.viewer() == null, "the viewer was killed, and came to its end all the same");
        require(death.held() > 0, "the viewer was killed with no frame in hand");
        check("frames that only the dead viewer still has", 0, death.leftOver());
        require(stopped || results.camera().published() > death.published(), "no frame was published after the viewer was killed");
    }

    private void check(String what, Object expected, Object found) {
        require(expected.equals(found), what + ": expected " + expected + ", found " + found);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            problems.add(otherwise);
        }
    }
}

package dev.slipring.examples.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipring.examples.demo.Digits;
import dev.slipring.examples.demo.Json;
import dev.slipring.examples.demo.Latency;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything that a run could get wrong, without a run. */
class VideoVerdictTest {
    private static final long FRAMES = 60;
    /** Figures that are as they are: of whose value nothing is promised. */
    private static final Set<String> FREE = Set.of("seconds", "waitedNs", "fps", "motion", "leastMotion", "number", "served");

    private final VideoSettings settings = settings(false, "film.y4m");
    private final VideoResults right = results(seen(FRAMES, 0), seen(50, 10), seen(FRAMES, 0));
    private final long length = Recorder.fileLength(settings, FRAMES);

    @Test
    void aRunInWhichAllIsRightPasses() {
        assertThat(VideoVerdict.problems(settings, right, false, length, null)).isEmpty();
    }

    @Test
    void oneWrongDigitInAnyFigureOfAnyProcessFails() throws JsonProcessingException {
        var digits = new Digits(right);
        var figures = digits.figures(figure -> FREE.stream().noneMatch(free -> figure.endsWith("/" + free))
            && !figure.contains("/histogram/") && !figure.contains("/captureToPublish/")
            && (!figure.contains("/age/") || figure.endsWith("/count")));
        assertThat(figures).hasSizeGreaterThan(25).contains("/camera/published", "/viewer/torn", "/recorder/copiedBytes",
            "/analyser/seen/dropped");
        for (String figure : figures) {
            if (figure.equals("/camera/waits")) {
                continue; // with a recorder it may
            }
            assertThat(VideoVerdict.problems(settings, Json.read(digits.wrong(figure), VideoResults.class), false, length, null))
                .as("last digit of %s changed", figure).isNotEmpty();
        }
    }

    @Test
    void whatACameraThatWasStoppedHasPublishedIsAllThereIs() {
        var longer = new VideoSettings(VideoFormat.NV12, 640, 360, 30, 3600, true, null, "film.y4m", "picture.png", null, false);
        assertThat(VideoVerdict.problems(longer, right, true, length, null)).isEmpty();
        assertThat(VideoVerdict.problems(longer, right, false, length, null)).hasSize(2)
            .contains("frames published: expected 108000, found 60");
        assertThat(VideoVerdict.problems(longer, right, true, length - 1, null)).singleElement().asString()
            .startsWith("bytes of the recording");
        var killed = results(seen(FRAMES, 0), null, seen(FRAMES, 0));
        assertThat(VideoVerdict.problems(longer, killed, true, length, new Death(2, 0, 1, FRAMES))).isEmpty();
        assertThat(VideoVerdict.problems(longer, killed, true, length, new Death(2, 1, 1, FRAMES))).hasSize(1);
        var less = results(seen(FRAMES - 1, 0), seen(50, 10), seen(FRAMES, 0));
        assertThat(VideoVerdict.problems(longer, less, true, length, null)).singleElement().asString()
            .startsWith("frames that the analyser was given, and told it lost");
    }

    @Test
    void aByteTooFewInTheRecordingFails() {
        assertThat(VideoVerdict.problems(settings, right, false, length - 1, null)).singleElement().asString()
            .startsWith("bytes of the recording");
    }

    @Test
    void aPictureThatStandsStillFails() {
        var still = new AnalyserResult(seen(FRAMES, 0), List.of(), 0, 0);
        assertThat(VideoVerdict.problems(settings, new VideoResults(right.camera(), still, right.viewer(), right.snapshot(),
            right.recorder(), null), false, length, null)).containsExactly("two frames in succession show the same");
    }

    @Test
    void aCameraThatWaitedFailsUnlessItWasForTheRecorder() {
        var waited = new CameraResult(FRAMES, 2, 1, 5, age(FRAMES));
        var recorded = new VideoResults(waited, right.analyser(), right.viewer(), right.snapshot(), right.recorder(), null);
        assertThat(VideoVerdict.problems(settings, recorded, false, length, null)).isEmpty();
        var unrecorded = new VideoResults(waited, right.analyser(), right.viewer(), right.snapshot(), null, null);
        assertThat(VideoVerdict.problems(settings(false, null), unrecorded, false, 0, null))
            .containsExactly("times that the camera found no frame to write to: expected 0, found 1");
    }

    @Test
    void aKilledViewerMustHaveHadFramesThatCameBack() {
        var results = results(seen(FRAMES, 0), null, seen(FRAMES, 0));
        var killed = settings(true, "film.y4m");
        assertThat(VideoVerdict.problems(killed, results, false, length, new Death(2, 0, 1, 30))).isEmpty();
        assertThat(VideoVerdict.problems(killed, results, false, length, null)).hasSize(1);
        assertThat(VideoVerdict.problems(killed, results, false, length, new Death(0, 0, 1, 30))).hasSize(1);
        assertThat(VideoVerdict.problems(killed, results, false, length, new Death(2, 1, 1, 30)))
            .containsExactly("frames that only the dead viewer still has: expected 0, found 1");
        assertThat(VideoVerdict.problems(killed, results, false, length, new Death(2, 0, 1, FRAMES))).hasSize(1);
        assertThat(VideoVerdict.problems(killed, right, false, length, new Death(2, 0, 1, 30))).hasSize(1);
    }

    private static VideoSettings settings(boolean killViewer, @Nullable String record) {
        return new VideoSettings(VideoFormat.NV12, 640, 360, 30, 2, killViewer, null, record, "picture.png", null, false);
    }

    private static VideoResults results(ConsumerResult analyser, @Nullable ConsumerResult viewer, ConsumerResult recorder) {
        return new VideoResults(new CameraResult(FRAMES, 2, 0, 0, age(FRAMES)),
            new AnalyserResult(analyser, Collections.nCopies(16, 1L), 3, 2), viewer, new SnapshotResult(seen(4, 56), 4, 59),
            recorder, null);
    }

    private static ConsumerResult seen(long delivered, long dropped) {
        return new ConsumerResult(delivered, dropped, 30, age(delivered), 2 * delivered, 0, 0, null);
    }

    private static Latency age(long count) {
        return new Latency(count, 1, 2, 3, 4, 5, 6);
    }
}

package dev.slipring.examples.video;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to: the facts of the table, and of the JSON file.
 *
 * @param camera              what it did
 * @param consumers           what each saw
 * @param frameBytes          of each frame
 * @param poolFrames          frames of the pool
 * @param copiedBytesPerFrame between processes
 * @param torn                inspections in which something was wrong
 * @param histogram           see {@link AnalyserResult}
 * @param motion              see {@link AnalyserResult}
 * @param snapshots           pictures written
 * @param served              frames that a browser fetched
 * @param death               of the viewer; null when it was not to be killed
 */
record VideoFigures(CameraResult camera, Map<Role, ConsumerResult> consumers, long frameBytes, int poolFrames, double copiedBytesPerFrame,
    long torn, List<Long> histogram, double motion, long snapshots, long served, @Nullable Death death) {

    static VideoFigures of(VideoSettings settings, VideoResults results, @Nullable Death death) {
        var seen = results.seen();
        long delivered = seen.values().stream().mapToLong(ConsumerResult::delivered).sum();
        long copied = seen.values().stream().mapToLong(ConsumerResult::copiedBytes).sum();
        // each frame is inspected twice
        return new VideoFigures(results.camera(), seen, settings.frameFormat().bytes(), Role.frames(settings.roles()),
            delivered == 0 ? 0 : copied / 2.0 / delivered, seen.values().stream().mapToLong(ConsumerResult::torn).sum(),
            results.analyser().histogram(), results.analyser().motion(), results.snapshot().pictures(),
            results.preview() == null ? 0 : results.preview().served(), death);
    }
}

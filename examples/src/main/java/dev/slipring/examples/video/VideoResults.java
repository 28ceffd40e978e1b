package dev.slipring.examples.video;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the processes say of themselves.
 *
 * @param viewer   null when it was killed
 * @param recorder null when nothing was to be recorded
 * @param preview  null when there was no page
 */
record VideoResults(CameraResult camera, AnalyserResult analyser, @Nullable ConsumerResult viewer, SnapshotResult snapshot,
    @Nullable ConsumerResult recorder, @Nullable PreviewResult preview) {

    /** What those that came to their end saw. */
    Map<Role, ConsumerResult> seen() {
        var seen = new EnumMap<Role, ConsumerResult>(Role.class);
        seen.put(Role.ANALYSER, analyser.seen());
        if (viewer != null) {
            seen.put(Role.VIEWER, viewer);
        }
        seen.put(Role.SNAPSHOT, snapshot.seen());
        if (recorder != null) {
            seen.put(Role.RECORDER, recorder);
        }
        if (preview != null) {
            seen.put(Role.PREVIEW, preview.seen());
        }
        return seen;
    }
}

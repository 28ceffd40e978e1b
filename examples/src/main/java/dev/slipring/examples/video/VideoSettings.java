package dev.slipring.examples.video;

import dev.slipring.frame.FrameFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to be like.
 *
 * @param format     of the frames
 * @param width      pixels
 * @param height     pixels
 * @param fps        frames a second; 0 for as fast as they go
 * @param seconds    how long
 * @param killViewer whether to kill the viewer in the middle
 * @param from       a video to show instead of the test pattern; null for none
 * @param record     where to write all frames; null for nowhere
 * @param snapshot   where to write a picture now and then
 * @param preview    port of the page in the browser, 0 for any; null for no page
 * @param keep       whether to leave the pool behind
 */
public record VideoSettings(VideoFormat format, int width, int height, int fps, int seconds, boolean killViewer, @Nullable String from,
    @Nullable String record, String snapshot, @Nullable Integer preview, boolean keep) {
    private static final int MAX_FPS = 1000;
    private static final int MAX_SECONDS = 24 * 3600;
    private static final int MAX_PORT = 65_535;
    private static final int MIN_KILL_SECONDS = 2;

    /** Checks the ranges, and that the format has such a size. */
    public VideoSettings {
        requireRange("fps", fps, 0, MAX_FPS);
        requireRange("seconds", seconds, 1, MAX_SECONDS);
        if (preview != null) {
            requireRange("preview", preview, 0, MAX_PORT);
        }
        if (width < BarCode.MIN_WIDTH || height < BarCode.MIN_HEIGHT) {
            throw new IllegalArgumentException("size=" + width + "x" + height + " is less than " + BarCode.MIN_WIDTH + "x"
                + BarCode.MIN_HEIGHT + ", which the bar code needs");
        }
        format.size(width, height);
        if (record != null && format == VideoFormat.RGB24) {
            throw new IllegalArgumentException("record=" + record + " is a Y4M file, which has no RGB: choose --format nv12 or i420");
        }
        if (killViewer && seconds < MIN_KILL_SECONDS) {
            throw new IllegalArgumentException("kill-viewer needs " + MIN_KILL_SECONDS + " seconds or more: there must be a middle to hit");
        }
    }

    /** Of every frame. */
    FrameFormat frameFormat() {
        return format.size(width, height);
    }

    /** How many frames there are to be; -1 when only the time is given, or the film says it. */
    long frames() {
        return fps > 0 && from == null ? (long) fps * seconds : -1;
    }

    /** Whose processes take part. */
    Set<Role> roles() {
        return Role.of(record != null, preview != null);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " is outside " + min + "…" + max);
        }
    }
}

package dev.slipring.examples.video;

import dev.slipring.frame.Lease;
import java.io.IOException;
import java.util.stream.LongStream;

/** Looks at the luma of every fourth pixel of every fourth row: how bright it is, and how much it differs from the frame before. */
final class Analyser {
    private static final int STEP = 4;
    private static final int BINS = 16;
    private static final int LEVELS = 256;

    private final Watching watching;
    private final int[] before;
    private final long[] histogram = new long[BINS];
    private long frames;
    private double motion;
    private double leastMotion = LEVELS;

    /** Attaches. */
    Analyser(Studio studio, VideoSettings settings) {
        watching = new Watching(studio, Role.ANALYSER);
        before = new int[(settings.width() + STEP - 1) / STEP * ((settings.height() + STEP - 1) / STEP)];
    }

    /** Runs until the camera has left. */
    AnalyserResult run() throws IOException, InterruptedException {
        var seen = watching.run(this::look);
        return new AnalyserResult(seen, LongStream.of(histogram).boxed().toList(), frames < 2 ? 0 : motion / (frames - 1),
            frames < 2 ? 0 : leastMotion);
    }

    private void look(Lease lease) {
        var format = lease.format();
        var video = VideoFormat.of(format);
        var frame = lease.buffer();
        int sample = 0;
        long difference = 0;
        for (int y = 0; y < format.height(); y += STEP) {
            for (int x = 0; x < format.width(); x += STEP) {
                int luma = video.luma(frame, format, x, y);
                histogram[luma * BINS / LEVELS]++;
                difference += Math.abs(luma - before[sample]);
                before[sample++] = luma;
            }
        }
        if (frames++ > 0) {
            double score = difference / (double) sample;
            motion += score;
            leastMotion = Math.min(leastMotion, score);
        }
    }
}

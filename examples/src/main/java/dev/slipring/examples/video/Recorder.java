package dev.slipring.examples.video;

import java.io.IOException;
import java.nio.file.Path;

/** Writes every frame to a file. The camera waits for it when the disk is slow: nothing is lost. */
final class Recorder {
    private static final int NOMINAL_FPS = 30;

    private final Watching watching;
    private final VideoSettings settings;
    private final Path file;

    /** Attaches. */
    Recorder(Studio studio, VideoSettings settings, Path file) {
        watching = new Watching(studio, Role.RECORDER);
        this.settings = settings;
        this.file = file;
    }

    /** How many bytes the file of so many frames must have. */
    static long fileLength(VideoSettings settings, long frames) {
        return Y4m.length(settings.frameFormat(), fps(settings), frames);
    }

    /** Runs until the camera has left. */
    ConsumerResult run() throws IOException, InterruptedException {
        try (var video = new Y4m(file, settings.frameFormat(), fps(settings))) {
            return watching.run(lease -> video.write(lease.buffer(), lease.format()));
        }
    }

    private static int fps(VideoSettings settings) {
        return settings.fps() == 0 ? NOMINAL_FPS : settings.fps();
    }
}

package dev.slipring.examples.video;

import dev.slipring.examples.demo.Output;
import dev.slipring.examples.demo.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipring demo video}: frames from a camera to an analyser, a viewer, a recorder, a browser, and nobody copies them. */
@Command(name = "video", mixinStandardHelpOptions = true, description = {
    "Sends video frames through a pool in shared memory to several processes at once. Each inspects every frame that it leases, when it "
        + "gets it and when it gives it back: checksums, bar code, and whether it lies where the camera wrote it.",
    "Exit code: 0 when all frames were whole and none was copied, 1 when not, 2 for a wrong option; 143 after SIGTERM, 130 after "
        + "Ctrl-C, which end the film in order: what was published until then is compared."})
public final class VideoCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final int SECONDS = 5;
    private static final int PREVIEW_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--size", paramLabel = "WxH", defaultValue = "1920x1080", description = "Of a frame. Default: ${DEFAULT-VALUE}.")
    private String size = "";

    @Option(names = "--fps", paramLabel = "N", defaultValue = "30",
        description = "Frames a second; 0 for as fast as they go. Default: ${DEFAULT-VALUE}.")
    private int fps;

    @Option(names = "--seconds", paramLabel = "N", description = "How long. Default: 5, with --preview 60.")
    private @Nullable Integer seconds;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "nv12",
        description = "nv12, i420 or rgb24. Default: ${DEFAULT-VALUE}.")
    private String format = "";

    @Option(names = "--kill-viewer", description = "Kill the viewer in the middle (kill -9), with frames in hand.")
    private boolean killViewer;

    @Option(names = "--from", paramLabel = "FILE", description = "Show this video instead of the test pattern; needs ffmpeg.")
    private @Nullable Path from;

    @Option(names = "--record", paramLabel = "FILE", description = "Record every frame, uncompressed, as Y4M; the camera waits for it.")
    private @Nullable Path record;

    @Option(names = "--snapshot", paramLabel = "FILE", defaultValue = "slipring-video.png",
        description = "Where to write the newest frame now and then, as PNG. Default: ${DEFAULT-VALUE}.")
    private Path snapshot = Path.of("");

    @Option(names = "--preview", paramLabel = "PORT", arity = "0..1", fallbackValue = "8750",
        description = "Show the stream in the browser, on this port of 127.0.0.1, 0 for any. Default: ${FALLBACK-VALUE}.")
    private @Nullable Integer preview;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the same facts as JSON.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Leave the pool behind, for a look at it.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = settings();
        var progress = new Progress(System.err, Output.isTerminal(), TimeUnit.SECONDS.toMillis(settings.seconds()), "ms");
        return VideoDemo.prepare(settings, progress).run(VideoProcess.class, json, new VideoTable(System.out)::print);
    }

    private VideoSettings settings() {
        try {
            Output.requireWritable("--json", json);
            Output.requireWritable("--record", record);
            Output.requireWritable("--snapshot", snapshot);
            var wanted = size(size);
            var settings = new VideoSettings(VideoFormat.named(format), Integer.parseInt(wanted.group(1)),
                Integer.parseInt(wanted.group(2)), fps, seconds == null ? preview == null ? SECONDS : PREVIEW_SECONDS : seconds,
                killViewer, text(from), text(record), snapshot.toAbsolutePath().toString(), preview, keep);
            if (settings.from() != null) {
                FfmpegSource.requireReadable(settings.from());
            }
            if (settings.preview() != null) {
                PreviewServer.requireFree(settings.preview());
            }
            return settings;
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("not run by picocli", e);
            }
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Matcher size(String size) {
        var matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("size=" + size + " is no size: expected WIDTHxHEIGHT in pixels, such as 1920x1080");
        }
        return matcher;
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }
}

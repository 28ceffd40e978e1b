package dev.slipring.examples.video;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * The pictures of any video that {@code ffmpeg} reads, scaled to the size of the run. They come through a pipe, as ffmpeg knows nothing of
 * our pool; from there on nobody copies them.
 */
final class FfmpegSource implements Source {
    private static final String FFMPEG = "ffmpeg";
    private static final int CHUNK = 64 * 1024;

    private final Process ffmpeg;
    private final InputStream pictures;
    private final byte[] chunk = new byte[CHUNK];
    private final int pixels;

    FfmpegSource(VideoSettings settings, String from) throws IOException {
        var format = settings.frameFormat();
        pixels = format.planes().getLast().end();
        var command = new ArrayList<>(List.of(FFMPEG, "-nostdin", "-v", "error", "-i", "file:" + Path.of(from).toAbsolutePath()));
        if (settings.fps() > 0) {
            command.addAll(List.of("-r", Integer.toString(settings.fps())));
        }
        command.addAll(List.of("-s", settings.width() + "x" + settings.height(), "-f", "rawvideo", "-pix_fmt",
            settings.format().ffmpegName(), "-"));
        ffmpeg = new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        pictures = ffmpeg.getInputStream();
    }

    /**
     * Better now than in the middle of a run.
     *
     * @throws IllegalArgumentException when there is no such file, or no ffmpeg
     */
    static void requireReadable(String from) {
        var file = Path.of(from);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("from=" + from + " is no file that can be read");
        }
        var directories = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        if (Arrays.stream(directories).noneMatch(directory -> Files.isExecutable(Path.of(directory, FFMPEG)))) {
            throw new IllegalArgumentException("from=" + from + " needs ffmpeg, and there is none on the PATH: install it "
                + "(Debian: apt-get install ffmpeg)");
        }
    }

    @Override
    public boolean fill(MutableDirectBuffer frame, long number, long capturedNs) throws IOException {
        for (int at = 0; at < pixels;) {
            int bytes = pictures.read(chunk, 0, Math.min(CHUNK, pixels - at));
            if (bytes < 0) {
                requireOrderlyEnd(number, at);
                return false;
            }
            frame.putBytes(at, chunk, 0, bytes);
            at += bytes;
        }
        return true;
    }

    @Override
    public boolean hasBarCode() {
        return false;
    }

    @Override
    public void close() {
        ffmpeg.destroy();
    }

    private void requireOrderlyEnd(long number, int at) throws IOException {
        try {
            int exitCode = ffmpeg.waitFor();
            if (exitCode != 0 || at > 0 || number == 0) {
                throw new IOException("ffmpeg ended with exit code " + exitCode + " after " + number + " frames and " + at + " bytes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

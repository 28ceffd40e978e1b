package dev.slipring.examples.video;

import dev.slipring.examples.demo.Latency;
import java.io.PrintStream;
import java.util.Collections;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people. The last line is the verdict. */
final class VideoTable {
    private static final double NS_PER_US = 1000;
    private static final String BARS = " ▁▂▃▄▅▆▇█";

    private final Formatter out;

    VideoTable(PrintStream out) {
        this.out = new Formatter(out, Locale.ROOT);
    }

    void print(VideoReport report) {
        var figures = report.figures();
        if (figures != null) {
            print(report.settings(), figures);
        }
        if (report.processorTime() != null) {
            out.format("processor time %s%n", report.processorTime());
        }
        if (!report.exitCodes().isEmpty()) {
            out.format("exit codes     %s%n", report.exitCodes());
        }
        if (report.regions() != null) {
            out.format("kept in        %s%n", report.regions());
        }
        out.format("%n");
        report.notes().forEach(note -> out.format("note: %s%n", note));
        report.problems().forEach(problem -> out.format("problem: %s%n", problem));
        if (report.passed() && figures != null) {
            out.format("verdict: PASS %d frames to %d processes, whole at every first and last look; 0 bytes copied between them; %s%n",
                figures.camera().published(), figures.consumers().size(), report.settings().record() == null
                    ? "the camera never waited" : "all of them recorded");
        } else {
            out.format("verdict: FAIL %s%n", report.problems().getFirst());
        }
    }

    private void print(VideoSettings settings, VideoFigures figures) {
        var camera = figures.camera();
        out.format("%n");
        out.format("                                                            age when leased, us%n");
        out.format("consumer   policy       leases     fps  frames  dropped      p50      p99      max  inspected  torn%n");
        figures.consumers().forEach((role, seen) -> {
            out.format("%-10s %-12s %6d %7.1f %7d %8d", role, role.policy().kind() + " " + role.policy().queued(),
                role.policy().maxLeases(), seen.fps(), seen.delivered(), seen.dropped());
            age(seen.age());
            out.format(" %10d %5d%n", seen.inspections(), seen.torn());
        });
        out.format("%ncamera         %,d frames in %.1f s, %.1f a second; %s %dx%d, %,d bytes each; %.1f us to draw one (p50)%n",
            camera.published(), camera.seconds(), camera.published() / camera.seconds(), settings.format(), settings.width(),
            settings.height(), figures.frameBytes(), camera.captureToPublish().p50() / NS_PER_US);
        out.format("waited         %d times for a frame to write to, in a pool of %d%n", camera.waits(), figures.poolFrames());
        out.format("copied         %.0f bytes per frame between processes: each looks at the bytes of the file that the camera wrote to%n",
            figures.copiedBytesPerFrame());
        out.format("luma           |%s| dark to bright; motion %.1f%n", bars(figures.histogram()), figures.motion());
        out.format("snapshot       %s, %d times%n", settings.snapshot(), figures.snapshots());
        if (settings.record() != null) {
            out.format("recording      %s%n", settings.record());
        }
        if (settings.preview() != null) {
            out.format("preview        %d frames fetched by browsers%n", figures.served());
        }
    }

    private void age(Latency age) {
        out.format(" %8.1f %8.1f %8.1f", age.p50() / NS_PER_US, age.p99() / NS_PER_US, age.max() / NS_PER_US);
    }

    private static String bars(List<Long> histogram) {
        long most = Math.max(1, Collections.max(histogram));
        return histogram.stream().map(count -> BARS.substring((int) ((count * (BARS.length() - 1) + most - 1) / most)).substring(0, 1))
            .collect(Collectors.joining());
    }
}

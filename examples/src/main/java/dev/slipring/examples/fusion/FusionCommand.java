package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.Output;
import dev.slipring.examples.demo.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipring demo fusion}: sensor fusion in six processes. */
@Command(name = "fusion", mixinStandardHelpOptions = true, description = {
    "Sends the readings of a camera's accelerometer, gyroscope and GPS receiver through slots and rings to a process that estimates "
        + "attitude, place and velocity, while their calibration changes; and compares all of it with a computation in one process.",
    "Exit code: 0 when it is equal bit for bit, 1 when not, 2 for a wrong option; 143 after SIGTERM, 130 after Ctrl-C, which end the "
        + "run in order: what was sent until then is compared."})
public final class FusionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--speed", paramLabel = "N", defaultValue = "4",
        description = "How many times faster than it was, which took 17 s; 0 for as fast as it goes. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(names = "--cells", paramLabel = "N", defaultValue = "4096",
        description = "Versions retained of each slot, a power of two; with few of them samples are overwritten before they are used, "
            + "and counted. Default: ${DEFAULT-VALUE}, more than there are readings.")
    private int cells;

    @Option(names = "--break-matching",
        description = "Combine each sample with the newest calibration instead of its own, and count the mismatches. The verdict is FAIL.")
    private boolean breakMatching;

    @Option(names = "--busy-spin", description = "Whoever waits spins instead of sleeping: six processors busy, microseconds saved.")
    private boolean busySpin;

    @Option(names = "--picture", paramLabel = "FILE", defaultValue = "slipring-fusion.svg",
        description = "Where to draw trajectory, speed and attitude, as SVG. Default: ${DEFAULT-VALUE}.")
    private @Nullable Path picture;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the same facts as JSON.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Leave behind what lies in files, for a look at it: slots, rings, log.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = settings();
        var readings = Readings.load();
        var progress = new Progress(System.err, Output.isTerminal(), readings.all().size(), "samples");
        return FusionDemo.prepare(settings, picture, progress, readings).run(FusionProcess.class, json, new FusionTable(System.out)::print);
    }

    private FusionSettings settings() {
        try {
            Output.requireWritable("--json", json);
            Output.requireWritable("--picture", picture);
            return new FusionSettings(speed, cells, breakMatching, busySpin, keep);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("not run by picocli", e);
            }
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}

package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;

/** One run of the rig, from its settings to its facts. Leaves no process and no file behind, also when it is interrupted. */
final class Measurement {
    private final Settings settings;
    private final Pinning pinning;
    private final Path directory;
    private final String command;
    private final Hardware hardware;

    /** Is told what came out, as it comes out. */
    @FunctionalInterface
    interface Listener {
        void measured(Outcome outcome, Mode mode, int size);
    }

    /**
     * @param directory where the run makes its own
     * @param command   what was typed
     */
    Measurement(Settings settings, Pinning pinning, Path directory, String command) {
        this.settings = settings;
        this.pinning = pinning;
        this.directory = directory;
        this.command = command;
        hardware = Hardware.here(pinning);
    }

    Hardware hardware() {
        return hardware;
    }

    String command() {
        return command;
    }

    /** Steps of {@code stepped} in a whole run: a start and all rounds, for each candidate in each mode at each size. */
    int steps() {
        return settings.modes().size() * settings.sizes().size() * settings.candidates().size() * settings.forks()
            * (1 + settings.warmups() + settings.rounds());
    }

    /** @param stepped is called after each start and each round, once for each candidate, also for those that are absent */
    Report run(Listener listener, Runnable stepped) throws IOException, InterruptedException {
        String started = Instant.now().toString();
        var outcomes = new ArrayList<Outcome>();
        try (var run = RunDirectory.in(directory); var workers = new Workers()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                workers.close();
                run.close();
            }, "clean up"));
            var rig = new Rig(settings, pinning, run, workers, stepped);
            for (var mode : settings.modes()) {
                for (int size : settings.sizes()) {
                    var outcome = rig.measure(mode, size);
                    outcomes.add(outcome);
                    listener.measured(outcome, mode, size);
                }
            }
        }
        var series = outcomes.stream().flatMap(each -> each.series().stream()).toList();
        return new Report(command, started, hardware, WorkerProcess.flags(), settings,
            settings.candidates().stream().map(Candidates::named).map(Report.Contestant::of).toList(), series,
            outcomes.stream().flatMap(each -> each.absences().stream()).toList(), Crossover.of(series));
    }
}

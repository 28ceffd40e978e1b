package dev.slipring.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Candidate.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The raw facts of a run, for programs: every round of every series; medians and ratios follow from them.
 *
 * @param command     what was typed
 * @param started     when, in UTC
 * @param hardware    where
 * @param workerFlags of every worker JVM
 * @param settings    what was asked for
 * @param contestants what the candidates are
 * @param series      what was found
 * @param absences    what was asked for and not found, and why
 * @param crossover   the model of cost over size
 */
record Report(String command, String started, Hardware hardware, List<String> workerFlags, Settings settings,
              List<Contestant> contestants, List<Series> series, List<Absence> absences, Crossover crossover) {
    /** What a reader of the figures should know of a candidate. */
    record Contestant(String name, Kind kind, boolean blocking, boolean lossy) {
        static Contestant of(Candidate candidate) {
            return new Contestant(candidate.name(), candidate.kind(), candidate.blocking(), candidate.lossy());
        }
    }

    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    /** Writes the latencies of all rounds of each series, as plotters of HdrHistogram like them. */
    void writeHistograms(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var each : series) {
            var latencies = each.histogram();
            if (latencies.getTotalCount() > 0) {
                String name = "%s-%d-%s.hgrm".formatted(each.mode().title().replace(' ', '-'), each.size(), each.candidate());
                try (var out = new PrintStream(directory.resolve(name).toFile(), StandardCharsets.UTF_8)) {
                    latencies.outputPercentileDistribution(out, 1.0);
                }
            }
        }
    }

    static Report read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), Report.class);
    }
}

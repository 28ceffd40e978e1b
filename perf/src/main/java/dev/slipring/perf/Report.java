package dev.slipring.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
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
 * @param series      what was found
 */
record Report(String command, String started, Hardware hardware, List<String> workerFlags, Settings settings, List<Series> series) {
    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    static Report read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), Report.class);
    }
}

package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** One run of the command line. */
record Slipring(int exitCode, String out, String err) {
    static Slipring run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Slipring(exitCode, out.toString(), err.toString());
    }

    /** What a verb says with {@code --json}, which must be all it says. */
    static JsonNode json(int exitCode, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        var run = run(all.toArray(String[]::new));
        assertThat(run.exitCode).describedAs("%s %s", all, run).isEqualTo(exitCode);
        assertThat(run.err).isEmpty();
        try {
            return new ObjectMapper().readTree(run.out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + run.out, e);
        }
    }

    /** The element of a JSON array whose name is this. */
    static JsonNode named(JsonNode array, String name) {
        for (var each : array) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no \"" + name + "\" in " + array);
    }
}

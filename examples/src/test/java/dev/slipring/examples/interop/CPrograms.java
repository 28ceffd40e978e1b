package dev.slipring.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The C programs of docs/interop: compiled by the command that stands in each of them, with every warning and undefined step an error. */
final class CPrograms {
    private static final Path SOURCES = Path.of("../docs/interop");
    /** Not in a temporary directory: nothing may be executed in many a container's /dev/shm. */
    private static final Path BINARIES = Path.of("target/interop");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ \\* {3}(gcc .*)$");
    private static final List<String> STRICT = List.of("-Wall", "-Wextra", "-Werror", "-fsanitize=undefined",
        "-fsanitize-undefined-trap-on-error");

    private static final Map<String, Path> COMPILED = new HashMap<>();

    private CPrograms() {
    }

    /** A program that has ended. */
    record Finished(int status, List<String> lines) {
    }

    /** A program, compiled when it is first asked for; skips the test where there is no compiler. */
    static synchronized Path compiled(String name) throws IOException {
        Sandbox.assumeWorks(List.of(), "needs gcc, to compile docs/interop", "gcc", "--version");
        var known = COMPILED.get(name);
        if (known != null) {
            return known;
        }
        var program = compile(name);
        COMPILED.put(name, program);
        return program;
    }

    private static Path compile(String name) throws IOException {
        var program = Files.createDirectories(BINARIES).resolve(name).toAbsolutePath();
        var command = COMMAND.matcher(Files.readString(SOURCES.resolve(name + ".c")));
        assertThat(command.find()).as("%s.c says how to compile it", name).isTrue();
        var words = new ArrayList<>(List.of(command.group(1).split(" ")));
        assertThat(words).contains("-o");
        words.set(words.indexOf("-o") + 1, program.toString());
        words.addAll(STRICT);
        var ended = finish(new ProcessBuilder(words).directory(SOURCES.toFile()), "");
        assertThat(ended.status()).as("%s", ended.lines()).isZero();
        return program;
    }

    /** Runs a program to its end. */
    static Finished run(Path program, String input, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of("timeout", "20", program.toString()));
        words.addAll(List.of(arguments));
        return finish(new ProcessBuilder(words), input);
    }

    private static Finished finish(ProcessBuilder builder, String input) throws IOException {
        var process = builder.redirectErrorStream(true).start();
        feed(process, input);
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        try {
            assertThat(process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)).as("%s ends", builder.command()).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Finished(process.exitValue(), lines);
    }

    private static void feed(Process process, String input) {
        try (var standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it has ended before it read all of it; its status and its words tell why
        }
    }
}

package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that go on until they are told to end, {@code top} at a terminal and {@code metrics}, on the regions of one town. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchIT {
    private static final String ENTER_SCREEN = "\u001b[?1049h";
    private static final String LEAVE_SCREEN = "\u001b[?1049l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR = "\u001b[2J";
    private static final String BEGIN_FRAME = "\u001b[?2026h";
    private static final String END_FRAME = "\u001b[?2026l";

    @TempDir(factory = SharedMemory.class)
    private static Path path;
    private static JavaProcess town;

    @BeforeAll
    static void settle() {
        town = JavaProcess.start(Town.class, path.toString(), "", "PRIVATE");
        town.awaitLine("ready");
    }

    @AfterAll
    static void leave() {
        town.close();
    }

    @Test
    @Order(1)
    void topOncePrintsEachRegionAndBelowItWhoTakesPart() throws IOException {
        var before = checksums();
        var run = Slipring.run("top", "--once", "--interval", "0.1", "--dir", path.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines()).anyMatch(line -> line.matches("spsc +spsc +0 +0 +640 +0%.*"))
            .anyMatch(line -> line.matches("  → town +awake .*"))
            .anyMatch(line -> line.matches("  ← gated +awake +1.3K .*"))
            .anyMatch(line -> line.matches("frames +frames +0 +0 .*"))
            .anyMatch(line -> line.matches("slots +slots +0 +.*[0-9] (ms|s)"));
        var json = Slipring.json(ExitCode.OK, "top", "--once", "--interval", "0.1", "--sort", "depth", "--dir", path.toString(),
            "spsc", "mpsc");
        assertThat(json.at("/regions")).hasSize(2);
        assertThat(json.at("/regions/0/region/depth").asLong()).isEqualTo(64 * Town.MESSAGES);
        assertThat(json.at("/regions/0/states/0/is").asText()).isEqualTo("awake");
        assertThat(json.at("/regions/0/rate").asDouble()).isZero();
        assertThat(checksums()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void whatCannotBeIsRefused() {
        assertThat(Slipring.run("top", "--json", "--dir", path.toString())).extracting(Slipring::exitCode, Slipring::err)
            .containsExactly(ExitCode.USAGE, "slipring: --json needs --once" + System.lineSeparator());
        assertThat(Slipring.run("top", "--interval", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Slipring.run("top", "--once", "--dir", path + "-nowhere").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(Slipring.run("metrics", "--port", "65536", "--dir", path.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Slipring.run("metrics", "--port", "0", "--host", "no.such.host.invalid", "--dir", path.toString()).exitCode())
            .isEqualTo(ExitCode.USAGE);
    }

    @Test
    @Order(3)
    void metricsAreServedToWhoAsks() throws Exception {
        var before = checksums();
        try (var server = JavaProcess.start(Main.class, "metrics", "--port", "0", "--dir", path.toString());
            var client = HttpClient.newHttpClient()) {
            var uri = URI.create(server.readLine());
            assertThat(uri.getHost()).isEqualTo("127.0.0.1");
            var answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body()).contains("\nslipring_ring_published_bytes_total{region=\"spsc\"} " + 64 * Town.MESSAGES + "\n");
            var once = Slipring.run("metrics", "--once", "--dir", path.toString());
            assertThat(withoutAges(once.out())).isEqualTo(withoutAges(answer.body()));
            assertThat(Slipring.json(ExitCode.OK, "metrics", "--once", "--dir", path.toString())).hasSize(5);
            assertThat(client.send(HttpRequest.newBuilder(uri.resolve("/")).build(), HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
            assertThat(client.send(HttpRequest.newBuilder(uri).DELETE().build(), HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
            assertThat(client.send(HttpRequest.newBuilder(uri).HEAD().build(), HttpResponse.BodyHandlers.ofString()).body()).isEmpty();
            var second = Slipring.run("metrics", "--port", Integer.toString(uri.getPort()), "--dir", path.toString());
            assertThat(second.exitCode()).isEqualTo(ExitCode.IN_USE);
            assertThat(second.err()).startsWith("slipring: cannot listen at 127.0.0.1:" + uri.getPort()).contains("another --port");
            assertThat(checksums()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "\u0003", "TERM"})
    @Order(4)
    void topLeavesTheTerminalAsItFoundItHoweverItEnds(String end) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no /usr/bin/script (util-linux) here");
        try (var keyboard = Keyboard.start("top", "--interval", "0.2", "--dir", path.toString())) {
            keyboard.await(0, END_FRAME);
            keyboard.press("ps");
            keyboard.await(0, "shows who takes part");
            keyboard.await(0, "s sorts by depth");
            if (end.equals("TERM")) {
                assertThat(new ProcessBuilder("kill", "-TERM", keyboard.said("pid")).start().waitFor()).isZero();
            } else {
                keyboard.press(end);
            }
            assertThat(keyboard.said("after")).isEqualTo(keyboard.said("before"));
            assertThat(keyboard.said("exit")).isEqualTo(end.equals("TERM") ? "143" : "0");
            requireQuiet(keyboard.screen());
        }
    }

    @Test
    @Order(5)
    void topSaysWhoDiedAndWhatIsDamaged() throws IOException {
        town.kill();
        Await.until("the kernel has let the locks go", () -> Slipring.json(ExitCode.OK, "ls", "--dir", path.toString())
            .findValuesAsText("standing").stream().noneMatch("ALIVE"::equals));
        Files.write(path.resolve("mpsc"), new byte[] {1, 2, 3});
        var lines = Slipring.run("top", "--once", "--interval", "0.1", "--dir", path.toString()).out().lines().toList();
        assertThat(lines).anyMatch(line -> line.matches("mpsc +foreign"))
            .anyMatch(line -> line.matches("  .*mpsc is .*3 bytes.*|  .*mpsc .*no Slipring region.*"))
            .anyMatch(line -> line.matches("  → town +dead .*"));
    }

    /** Each frame lies between its two marks, is drawn over the one before, and nothing is left of it behind. */
    private static void requireQuiet(String sent) {
        int start = sent.indexOf(ENTER_SCREEN);
        int end = sent.lastIndexOf(LEAVE_SCREEN);
        assertThat(start).isPositive().isLessThan(end);
        String between = sent.substring(start, end);
        assertThat(sent.substring(end - 20)).contains(SHOW_CURSOR);
        var frames = List.of(between.split(Pattern.quote(BEGIN_FRAME), -1));
        assertThat(frames).hasSizeGreaterThan(3);
        for (String frame : frames.subList(1, frames.size() - 1)) {
            assertThat(frame).startsWith("\u001b[H").endsWith(END_FRAME).doesNotContain(CLEAR);
            assertThat(frame.split("\r\n", -1)).hasSizeLessThanOrEqualTo(24);
        }
    }

    private static List<String> withoutAges(String text) {
        return text.lines().filter(line -> !line.startsWith("slipring_newest_age_seconds{")).toList();
    }

    private static Map<String, Long> checksums() throws IOException {
        var checksums = new TreeMap<String, Long>();
        try (var files = Files.list(path)) {
            for (var file : files.toList()) {
                var checksum = new CRC32C();
                checksum.update(Files.readAllBytes(file));
                checksums.put(file.toString(), checksum.getValue());
            }
        }
        return checksums;
    }
}

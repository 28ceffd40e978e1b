package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report: whole without a network, and drawn without an error by a real browser. */
class PageIT {
    private static final List<String> CANDIDATES = List.of("spsc", "mpsc", "aeron-ipc", "pipe", "floor");

    @TempDir
    private Path directory;

    @BeforeEach
    void writePage() throws IOException {
        var report = Reports.of(CANDIDATES, 1);
        new Page(report, Summary.of(report)).write(directory.resolve("index.html"));
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        String page = Files.readString(directory.resolve("index.html"));
        assertThat(page).doesNotContain("${").contains("CPU &lt;of this test&gt;").contains("longer than msgsize_max");
        assertThat(page).doesNotContainPattern("(?:src|href)=\"(?!data:)");
    }

    @Test
    void aBrowserDrawsEveryChart() throws IOException, InterruptedException {
        var dom = directory.resolve("dom.html").toFile();
        var console = directory.resolve("console.txt").toFile();
        var browser = new ProcessBuilder(chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--enable-logging=stderr", "--user-data-dir=" + directory.resolve("profile"), "--window-size=1200,4000",
            "--virtual-time-budget=5000", "--dump-dom", directory.resolve("index.html").toUri().toString())
            .redirectOutput(dom).redirectError(console).start();
        assertThat(browser.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
        assertThat(Files.readString(console.toPath())).doesNotContain("CONSOLE");
        String drawn = Files.readString(dom.toPath());
        assertThat(drawn.split("<canvas", -1)).as("percentiles and messages per second at 3 sizes, cost over size").hasSize(1 + 3 + 3 + 1);
        assertThat(drawn).as("canvases that were drawn have a size").doesNotContainPattern("<canvas[^>]* height=\"0\"")
            .contains("<td>aeron-ipc</td>");
    }

    private static String chromium() {
        var found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(path, name)))
            .filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(found.isPresent(), "no Chromium here: the page is not drawn");
        return found.get().toString();
    }
}

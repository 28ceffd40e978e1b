package dev.slipring.examples.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.examples.demo.DemoRun;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole demo, in real processes; some of them killed. */
class VideoIT {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int FRAMES = 120;
    private static final Pattern PAGE = Pattern.compile("page (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    @TempDir
    private Path files;
    private final List<DemoRun> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(DemoRun::close);
    }

    @Test
    void everyFrameIsWholeAndRecordedAlthoughAViewerIsKilled() throws Exception {
        var film = files.resolve("film.y4m");
        var demo = demo("--fps", "60", "--seconds", "2", "--kill-viewer", "--record", film.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        assertThat(demo.verdict()).startsWith("verdict: PASS " + FRAMES + " frames to 3 processes");
        var facts = DemoRun.read(files.resolve("facts.json"));
        assertThat(facts.at("/camera/published").asInt()).isEqualTo(FRAMES);
        assertThat(facts.get("copiedBytesPerFrame").asDouble()).isZero();
        assertThat(facts.get("torn").asInt()).isZero();
        assertThat(facts.get("motion").asDouble()).isPositive();
        assertThat(facts.at("/death/held").asInt()).isBetween(1, 3);
        assertThat(facts.at("/death/leftOver").asInt(-1)).isZero();
        assertThat(facts.at("/exitCodes/viewer").asInt()).isEqualTo(137);
        assertThat(shared).isEmptyDirectory();

        requireAllFrames(film, FRAMES);
        assertThat(TestPatternTest.barCode(ImageIO.read(files.resolve("picture.png").toFile()))).isBetween(1, FRAMES - 1);
        requireThatFfprobeReads(film);
    }

    @Tag("torture")
    @Test
    void soDoesAnInterruptThatEndsFfmpegToo() throws Exception {
        assumeTrue(isInstalled("ffmpeg"), "no ffmpeg here: --from was not tried");
        var film = film(600);
        var demo = demo("--fps", "0", "--seconds", "3600", "--from", film.toString());
        demo.awaitFlow(4);
        Await.until("a frame was seen", () -> Files.exists(files.resolve("picture.png")));
        demo.endBy(DemoRun.Signal.INT);
        assertThat(DemoRun.read(files.resolve("facts.json")).at("/camera/published").asInt()).isBetween(1, 599);
        assertThat(demo.verdict()).startsWith("verdict: PASS ");
    }

    @ParameterizedTest
    @EnumSource(names = "TERM")
    void aSignalEndsTheFilmInOrderWithAReportOfWhatWasShown(DemoRun.Signal signal) throws Exception {
        var film = files.resolve("film.y4m");
        var demo = demo("--fps", "60", "--seconds", "3600", "--record", film.toString());
        demo.awaitFlow(5);
        Await.until("a frame was seen", () -> Files.exists(files.resolve("picture.png")));
        demo.endBy(signal);
        var facts = DemoRun.read(files.resolve("facts.json"));
        int published = facts.at("/camera/published").asInt();
        assertThat(published).isBetween(1, 60 * 3600 - 1);
        assertThat(facts.at("/consumers/RECORDER/delivered").asInt()).isEqualTo(published);
        assertThat(facts.get("notes").toString()).contains("stopped after " + published + " of " + 60 * 3600 + " frames");
        assertThat(demo.verdict()).startsWith("verdict: PASS " + published + " frames to 4 processes");
        requireAllFrames(film, published);
    }

    @Tag("torture")
    @Test
    void andSoDoesAnInterrupt() throws Exception {
        aSignalEndsTheFilmInOrderWithAReportOfWhatWasShown(DemoRun.Signal.INT);
    }

    @Test
    void theBrowserShowsALivePictureUntilTheCameraIsKilled() throws Exception {
        var demo = demo("--seconds", "3600", "--preview=0");
        demo.awaitFlow(5);
        var found = PAGE.matcher(demo.everything());
        assertThat(found.find()).isTrue();
        var page = URI.create(found.group(1));
        try (var browser = HttpClient.newHttpClient()) {
            long first = number(get(browser, page.resolve("/frame?after=-1")));
            assertThat(number(get(browser, page.resolve("/frame?after=" + first)))).isGreaterThan(first);
            var status = new ObjectMapper().readTree(get(browser, page.resolve("/status")).body());
            assertThat(status.get("consumers")).hasSize(4).anyMatch(row -> row.get("name").asText().equals("viewer")
                && row.get("leases").asInt() > 0);
            assertThat(get(browser, page.resolve("/frame?after=soon")).statusCode()).isEqualTo(400);
            assertThat(get(browser, page.resolve("/../../etc/passwd")).statusCode()).isEqualTo(404);
            assertThat(statusOfAnotherName(page)).contains(" 403 ");
        }
        if (isInstalled("chromium")) {
            requireALivePicture(page);
        }
        demo.kill(Role.CAMERA);
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isEqualTo(1);
        assertThat(demo.verdict()).startsWith("verdict: FAIL ");
        assertThat(DemoRun.read(files.resolve("facts.json")).get("problems").toString()).contains("the camera was killed by signal 9");
        demo.assertNothingIsLeft();
        assumeTrue(isInstalled("chromium"), "no chromium here: the page was fetched, and not looked at");
    }

    /** A film of our own through ffmpeg, shown again: what comes out is what went in. */
    @Tag("torture")
    @Test
    void aFilmIsShownAsItIs() throws Exception {
        assumeTrue(isInstalled("ffmpeg"), "no ffmpeg here: --from was not tried");
        var film = film(10);
        var again = files.resolve("again.y4m");
        var demo = demo("--fps", "30", "--from", film.toString(), "--record", again.toString());
        assertThat(demo.awaitExit()).as("%s", demo.everything()).isZero();
        assertThat(demo.verdict()).startsWith("verdict: PASS 10 frames");
        assertThat(again).hasSameBinaryContentAs(film);
    }

    /** Of the test pattern, 30 frames a second. */
    private Path film(int frames) throws IOException {
        var film = files.resolve("film.y4m");
        var format = VideoFormat.NV12.size(WIDTH, HEIGHT);
        try (var out = new Y4m(film, format, 30)) {
            var frame = new UnsafeBuffer(new byte[format.bytes()]);
            for (int i = 0; i < frames; i++) {
                new TestPattern(format).fill(frame, i, i * 1_000_000L);
                out.write(frame, format);
            }
        }
        return film;
    }

    private void requireALivePicture(URI page) throws Exception {
        try (var chromium = new Chromium(Files.createDirectory(files.resolve("profile")))) {
            chromium.open(page);
            var first = screenshot(chromium, 0);
            var second = screenshot(chromium, number(chromium) + 1);
            assertThat(first).isNotEqualTo(second);
            Await.until("rates are shown", () -> chromium.evaluate("document.querySelectorAll('tbody tr').length").asInt() == 4
                && chromium.evaluate("document.querySelector('tbody td:nth-child(4)').textContent").asDouble() > 0);
            assertThat(chromium.errors()).as("errors in the page").isEmpty();
        }
    }

    /** What the page looks like when it shows this frame or a later one. */
    private static byte[] screenshot(Chromium chromium, long from) throws IOException {
        Await.until("frame " + from + " is shown", () -> number(chromium) >= from);
        var png = chromium.screenshot();
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        long colours = Arrays.stream(picture.getRGB(0, 100, picture.getWidth(), 200, null, 0, picture.getWidth())).distinct().count();
        assertThat(colours).as("colours of the test pattern on the page").isGreaterThan(500);
        return png;
    }

    private static long number(Chromium chromium) {
        return chromium.evaluate("Number(document.getElementById('picture').dataset.frame ?? -1)").asLong(-1);
    }

    private static void requireThatFfprobeReads(Path film) throws Exception {
        assumeTrue(isInstalled("ffprobe"), "no ffprobe here: the recording was read by this test only");
        assertThat(run("ffprobe", "-v", "error", "-count_frames", "-show_entries",
            "stream=width,height,pix_fmt,r_frame_rate,nb_read_frames", "-of", "csv=p=0", film.toString()).trim())
            .isEqualTo(WIDTH + "," + HEIGHT + ",yuv420p,60/1," + FRAMES);
    }

    /** Every frame is there, in order, by its bar code. */
    private static void requireAllFrames(Path film, int frames) throws IOException {
        var format = VideoFormat.I420.size(WIDTH, HEIGHT);
        var barCode = new BarCode(format);
        try (var in = Files.newInputStream(film)) {
            int header = 0;
            while (in.read() != '\n') {
                header++;
            }
            assertThat(header).isPositive();
            int pixels = format.planes().getLast().end();
            for (int i = 0; i < frames; i++) {
                assertThat(new String(in.readNBytes(6), StandardCharsets.US_ASCII)).isEqualTo("FRAME\n");
                var frame = in.readNBytes(pixels);
                assertThat(frame).hasSize(pixels);
                assertThat(barCode.number(new UnsafeBuffer(frame))).isEqualTo(i);
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static HttpResponse<byte[]> get(HttpClient browser, URI address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static long number(HttpResponse<byte[]> frame) {
        assertThat(frame.statusCode()).isEqualTo(200);
        assertThat(frame.body()).hasSize(WIDTH * HEIGHT * 4);
        return frame.headers().firstValueAsLong("X-Frame").orElseThrow();
    }

    /** What a page under another name gets that has itself resolved to 127.0.0.1. */
    private static String statusOfAnotherName(URI page) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort())) {
            socket.getOutputStream().write("GET /status HTTP/1.0\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines().findFirst().orElseThrow();
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private DemoRun demo(String... options) {
        var arguments = new ArrayList<>(List.of("video", "--size", WIDTH + "x" + HEIGHT, "--json", files.resolve("facts.json").toString(),
            "--snapshot", files.resolve("picture.png").toString()));
        arguments.addAll(List.of(options));
        var demo = new DemoRun(shared, arguments.toArray(String[]::new));
        started.add(demo);
        return demo;
    }
}

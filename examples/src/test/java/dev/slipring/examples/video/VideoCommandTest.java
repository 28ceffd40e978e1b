package dev.slipring.examples.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VideoCommandTest {
    @ParameterizedTest
    @CsvSource({"--size, 1921x1080, '1921x1080 is no size of NV12: expected multiples of 2x2'", "--size, 64x36, 'bar code'",
        "--size, huge, 'expected WIDTHxHEIGHT'", "--size, 40000x100, 'outside'", "--format, yuv9, 'none of nv12, i420 and rgb24'",
        "--fps, -1, fps=-1", "--fps, fast, --fps", "--seconds, 0, seconds=0", "--preview, 70000, preview=70000",
        "--from, /nowhere/film.mp4, 'no file that can be read'", "--record, /nowhere/at/all.y4m, /nowhere/at/all.y4m",
        "--snapshot, /nowhere/at/all.png, /nowhere/at/all.png", "--json, /nowhere/at/all.json, /nowhere/at/all.json",
        "--nonsense, 1, nonsense"})
    void aWrongOptionIsRefusedByNameBeforeAnythingIsStarted(String option, String value, String because) {
        assertThat(refusal(option, value)).contains(because);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThat(refusal("--format", "rgb24", "--record", "/tmp/never.y4m")).contains("Y4M file, which has no RGB");
        assertThat(refusal("--kill-viewer", "--seconds", "1")).contains("kill-viewer needs 2 seconds");
    }

    @Test
    void aPortInUseIsRefusedByNameWithWhatToDo() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(refusal("--preview=" + taken.getLocalPort()))
                .contains("preview=" + taken.getLocalPort() + ": somebody else has this port", "0 for any that is free");
        }
    }

    @Test
    void aPortThatWasFoundFreeIsFree() throws IOException {
        var address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        int port;
        try (var any = new ServerSocket(0, 1, address)) {
            port = any.getLocalPort();
        }
        PreviewServer.requireFree(port);
        try (var again = new ServerSocket(port, 1, address)) {
            assertThat(again.getLocalPort()).isEqualTo(port);
        }
    }

    private static String refusal(String... arguments) {
        var said = new StringWriter();
        var command = new CommandLine(new VideoCommand()).setErr(new PrintWriter(said));
        assertThat(command.execute(arguments)).isEqualTo(2);
        return said.toString();
    }
}

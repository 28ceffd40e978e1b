package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM without Agrona's bounds checks the view has no bound, so there is no view. */
class BoundsChecksOffIT {
    @TempDir
    private Path directory;

    @Test
    void aViewRefusesToWorkWithoutBoundsChecks() throws IOException, InterruptedException {
        assertThat(run("-Dagrona.disable.bounds.checks=true")).contains("refused: bounds checks are off "
            + "(-Dagrona.disable.bounds.checks=true): nothing would keep a decoder inside its record. Remove that property");
    }

    @Test
    void aViewWorksWithThem() throws IOException, InterruptedException {
        assertThat(run("-Dagrona.disable.bounds.checks=false")).contains("a view");
    }

    private String run(String flag) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", flag, "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Child.class.getName()));
        var output = directory.resolve("output");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the child ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** The other JVM. */
    static final class Child {
        private Child() {
        }

        public static void main(String[] args) {
            try {
                var view = new RecordView(TradingSchema.HISTORY);
                System.out.println("a view of " + view.templateId());
            } catch (IllegalStateException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}

package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README is this code, to the letter. */
class ReadmeExampleTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void chooseDirectory() {
        System.setProperty("slipring.dir", directory.toString());
    }

    @AfterEach
    void forgetDirectory() {
        System.clearProperty("slipring.dir");
    }

    // README begin
    static void produce() {
        SpscRing.create("prices", RingOptions.ofCapacity(1 << 20));       // once; RegionExists if it is there
        try (RingProducer producer = SpscRing.producer("prices")) {       // RoleTaken, with who, if there is one
            Claim claim = new Claim();
            for (long price = 100; price < 110; price++) {
                while (producer.tryClaim(1, Long.BYTES, claim) < 0) {     // FULL, or NO_CONSUMER
                    Thread.onSpinWait();
                }
                try (claim) {                                             // leaving without commit aborts
                    claim.buffer().putLong(0, price);
                    claim.commit();
                }
            }
        }
    }

    static long consume() {
        long[] sum = {0};
        try (RingConsumer consumer = SpscRing.consumer("prices")) {
            MessageHandler handler = (type, buffer, offset, length) -> sum[0] += buffer.getLong(offset);
            while (consumer.poll(handler, 100) != RingConsumer.CLOSED) {  // or EMPTY, or PRODUCER_DEAD
                Thread.onSpinWait();
            }
        }
        return sum[0];
    }
    // README end

    @Test
    void theExampleRuns() {
        produce();
        assertThat(consume()).isEqualTo(1045);
    }

    @Test
    void theReadmeShowsThisCode() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String shown = readme.substring(readme.indexOf("```java\n") + 8);
        shown = shown.substring(0, shown.indexOf("```"));
        String source = Files.readString(Path.of("src/test/java/dev/slipring/ring/ReadmeExampleTest.java"));
        String compiled = source.substring(source.indexOf("// README begin\n") + 16, source.indexOf("    // README end")).stripTrailing()
            .stripIndent();
        assertThat(shown.strip()).isEqualTo(compiled.strip());
    }
}

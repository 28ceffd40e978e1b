package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.cli.recording.RecordingDescriptor;
import dev.slipring.cli.recording.RecordingEnd;
import dev.slipring.cli.recording.RecordingReader;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** tail, hz, slot, record and replay beside a process that lives, is stopped, and is killed; and interrupted themselves. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DataVerbsIT {
    private static final int INTERRUPTED = 130;
    private static final int FIRST = 10;
    private static final int MORE = 5;
    private static final int ENTRY = RecordingDescriptor.ENTRY_LENGTH + 66 + RecordingDescriptor.CRC_LENGTH;

    @TempDir(factory = SharedMemory.class)
    private static Path path;
    @TempDir
    private static Path files;
    private static final List<JavaProcess> PROCESSES = new ArrayList<>();

    @BeforeAll
    static void settle() {
        var source = start(Source.class, path.toString());
        source.awaitLine("ready");
        source.tell("" + FIRST);
        source.awaitLine("sent " + FIRST);
        start(Main.class, "tail", "trades", "--follow", "--dir", path.toString());
        start(Main.class, "record", "trades", file("interrupted"), "--dir", path.toString());
        start(Main.class, "record", "trades", file("killed"), "--dir", path.toString());
    }

    @AfterAll
    static void leave() {
        PROCESSES.forEach(JavaProcess::close);
    }

    @Test
    @Order(1)
    void tailFollowsAndEndsInOrderWhenItIsInterrupted() {
        var tail = PROCESSES.get(1);
        for (int i = 0; i < FIRST; i++) {
            assertThat(parse(tail.readLine()).get("fields").get("sequence").asLong()).isEqualTo(i);
        }
        PROCESSES.get(0).tell("" + MORE);
        for (int i = FIRST; i < FIRST + MORE; i++) {
            assertThat(parse(tail.readLine()).get("fields").get("sequence").asLong()).isEqualTo(i);
        }
        tail.interrupt();
        var end = parse(tail.readLine());
        assertThat(end.get("event").asText()).isEqualTo("end");
        assertThat(end.get("reason").asText()).isEqualTo("interrupted");
        assertThat(end.get("sequence").asLong()).isEqualTo(FIRST + MORE);
        assertThat(tail.awaitExit()).isEqualTo(INTERRUPTED);
    }

    @Test
    @Order(2)
    void recordEndsInOrderWhenItIsInterrupted() throws IOException {
        awaitRecorded("interrupted");
        PROCESSES.get(2).interrupt();
        assertThat(PROCESSES.get(2).awaitExit()).isEqualTo(INTERRUPTED);
        assertThat(PROCESSES.get(2).everything().getLast()).contains("recorded 15 messages").contains("ended: interrupted");
        try (var recording = new RecordingReader(Path.of(file("interrupted")))) {
            for (int i = 0; i < FIRST + MORE; i++) {
                assertThat(((RecordingReader.Message) recording.next()).sequence()).isEqualTo(i);
            }
            assertThat(((RecordingReader.End) recording.next()).why()).isEqualTo(RecordingEnd.INTERRUPTED);
        }
    }

    @Test
    @Order(2)
    void whatAKilledRecorderHadSeenIsReplayedAndTheMissingEndIsSaid() {
        awaitRecorded("killed");
        PROCESSES.get(3).kill();
        var replay = Slipring.run("replay", file("killed"), "again", "--speed", "0", "--dir", path.toString());
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(replay.out()).contains("replayed 15 messages").contains("was cut short");
    }

    @Test
    @Order(3)
    void noVerbChangesAByteOfAProcessThatIsStopped() {
        var source = PROCESSES.get(0);
        source.stop();
        var before = checksums();
        runEveryVerb();
        assertThat(tail("trades").getLast().get("producers").asText()).isEqualTo("alive");
        assertThat(checksums()).isEqualTo(before);
        source.resume();
        source.tell("1");
        source.awaitLine("sent " + (FIRST + MORE + 1));
    }

    @Test
    @Order(4)
    void hzCountsWhatALiveProcessSends() {
        PROCESSES.get(0).tell("flow");
        for (String name : List.of("trades", "book")) {
            var rate = Slipring.json(0, "hz", name, "--seconds", "0.2", "--dir", path.toString());
            assertThat(rate.get("arrivals").asLong()).isPositive();
            assertThat(rate.get("intervals").get("count").asLong()).isPositive();
        }
        var overtaken = Slipring.run("tail", "trades", "--from", "0", "--count", "1000", "--dir", path.toString());
        assertThat(overtaken.out()).startsWith("{\"event\":\"gap\",\"first\":0,");
    }

    @Test
    @Order(5)
    void whatAKilledProducerLeftIsShownToTheLastMessage() {
        var source = PROCESSES.get(0);
        source.kill();
        Await.until("the kernel has let its locks go", () -> tail("orders").getLast().get("producers").asText().equals("dead"));
        long reported = source.everything().stream().filter(line -> line.startsWith("sent ")).mapToLong(line ->
            Long.parseLong(line.substring(5))).max().orElseThrow();
        var before = checksums();
        var trades = tail("trades");
        requireInOrder(trades);
        assertThat(trades.getLast().get("sequence").asLong()).isGreaterThanOrEqualTo(reported);
        var orders = tail("orders");
        requireInOrder(orders);
        assertThat(orders.getFirst().get("sequence").asLong()).as("nobody has consumed any").isZero();
        var last = Slipring.json(0, "slot", "book", "last", "--dir", path.toString());
        assertThat(last.get("value").get("fields").get("sequence").asLong()).isGreaterThanOrEqualTo(reported - 1);
        assertThat(last.get("published").get("writer").asText()).contains("source");
        runEveryVerb();
        var recorded = Slipring.json(0, "record", "trades", file("dead"), "--dir", path.toString());
        assertThat(recorded.get("end").asText()).isEqualTo("DEAD");
        assertThat(recorded.get("messages").asLong()).isEqualTo(trades.size() - 1);
        assertThat(checksums()).isEqualTo(before);
    }

    private static void runEveryVerb() {
        for (String name : List.of("trades", "orders")) {
            for (var arguments : List.of(List.of("tail"), List.of("tail", "--from", "3", "--hex"), List.of("hz", "--seconds", "0.05"),
                List.of("inspect"))) {
                var all = new ArrayList<>(arguments);
                all.addAll(List.of("--dir", path.toString(), name));
                assertThat(Slipring.run(all.toArray(String[]::new)).exitCode()).describedAs("%s", all).isZero();
            }
            var record = Slipring.run("record", name, file("some"), "--seconds", "0.05", "--overwrite", "--dir", path.toString());
            assertThat(record.exitCode()).describedAs("%s", record).isZero();
        }
        assertThat(Slipring.run("slot", "book", "--dir", path.toString()).exitCode()).isZero();
        assertThat(Slipring.run("slot", "book", "last", "--dir", path.toString()).exitCode()).isZero();
        assertThat(Slipring.run("hz", "book", "--seconds", "0.05", "--dir", path.toString()).exitCode()).isZero();
    }

    private static void requireInOrder(List<JsonNode> lines) {
        for (int i = 1; i < lines.size(); i++) {
            assertThat(lines.get(i).get("sequence").asLong()).isEqualTo(lines.get(i - 1).get("sequence").asLong() + 1);
        }
        for (var line : lines.subList(0, lines.size() - 1)) {
            assertThat(line.get("fields").get("sequence")).isEqualTo(line.get("sequence"));
        }
    }

    private static List<JsonNode> tail(String name) {
        return Slipring.run("tail", name, "--dir", path.toString()).out().lines().map(DataVerbsIT::parse).toList();
    }

    private static void awaitRecorded(String name) {
        Await.until("all is recorded", () -> Path.of(file(name)).toFile().length() == RecordingDescriptor.HEADER_LENGTH
            + (FIRST + MORE) * (long) ENTRY);
    }

    private static JavaProcess start(Class<?> main, String... arguments) {
        var process = JavaProcess.start(main, arguments);
        PROCESSES.add(process);
        return process;
    }

    private static String file(String name) {
        return files.resolve(name).toString();
    }

    private static Map<String, Long> checksums() {
        var checksums = new TreeMap<String, Long>();
        for (String name : List.of("trades", "orders", "book")) {
            var crc = new CRC32C();
            try {
                crc.update(Files.readAllBytes(path.resolve(name)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            checksums.put(name, crc.getValue());
        }
        return checksums;
    }

    private static JsonNode parse(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}

package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.codec.TradingSchema;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.Claim;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tail prints, and that nobody can tell. */
class TailTest {
    @TempDir
    private Path path;
    private RegionDirectory directory = new RegionDirectory(Path.of("/"));
    private Attachment attachment = Attachment.standard();

    @BeforeEach
    void settle() {
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory).with(Trades.SCHEMA);
    }

    @Test
    void ofABroadcastRingItPrintsWhatIsRetainedByItsSchema() {
        BroadcastRing.create(directory, "trades", RingOptions.ofCapacity(1 << 16).with(Trades.SCHEMA));
        try (var producer = BroadcastRing.producer("trades", attachment)) {
            Trades.send(producer, 0, 3);
            var lines = tail(0, "trades");
            assertThat(lines).hasSize(4);
            assertThat(lines.get(1).toString()).startsWith("""
                {"sequence":1,"type":1,"length":66,"message":"Trade","version":1,"fields":{"sequence":1,"tradeId":null,""");
            assertThat(lines.get(3).toString()).isEqualTo("""
                {"event":"end","sequence":3,"reason":"newest","producers":"alive"}""");
        }
        assertThat(tail(0, "trades").getLast().get("producers").asText()).isEqualTo("closed");
    }

    @Test
    void whatWasOverwrittenIsAnExactGap() {
        BroadcastRing.create(directory, "trades", RingOptions.ofCapacity(4096).with(Trades.SCHEMA));
        try (var producer = BroadcastRing.producer("trades", attachment)) {
            Trades.send(producer, 0, 100);
        }
        var lines = tail(0, "trades", "--from", "2");
        var gap = lines.getFirst();
        assertThat(gap.get("event").asText()).isEqualTo("gap");
        assertThat(gap.get("first").asLong()).isEqualTo(2);
        long next = lines.get(1).get("sequence").asLong();
        assertThat(next).isGreaterThan(50);
        assertThat(gap.get("last").asLong()).isEqualTo(next - 1);
        assertThat(gap.get("count").asLong()).isEqualTo(next - 2);
        assertThat(lines).hasSize((int) (1 + 100 - next + 1));
        for (int i = 1; i < lines.size() - 1; i++) {
            assertThat(lines.get(i).get("fields").get("sequence").asLong()).isEqualTo(next + i - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofARingWithOneConsumerItPrintsWhatIsNotConsumedAndChangesNoByte(boolean many) throws IOException {
        var options = RingOptions.ofCapacity(1 << 14).with(Trades.SCHEMA);
        if (many) {
            MpscRing.create(directory, "orders", options);
        } else {
            SpscRing.create(directory, "orders", options);
        }
        try (var producer = many ? MpscRing.producer("orders", attachment) : SpscRing.producer("orders", attachment);
            var consumer = many ? MpscRing.consumer("orders", attachment, ConsumerOptions.STANDARD)
                : SpscRing.consumer("orders", attachment, ConsumerOptions.STANDARD)) {
            Trades.send(producer, 0, 10);
            consumer.poll((type, buffer, offset, length) -> { }, 4);
            byte[] before = Files.readAllBytes(path.resolve("orders"));
            var lines = tail(0, "orders");
            tail(0, "orders", "--from", "2", "--hex", "--count", "3");
            assertThat(Slipring.run("inspect", "orders", "--dir", path.toString()).exitCode()).isZero();
            assertThat(Files.readAllBytes(path.resolve("orders"))).isEqualTo(before);
            assertThat(sequences(lines)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(consumer.poll((type, buffer, offset, length) -> { }, 100)).as("the consumer missed none").isEqualTo(6);
        }
    }

    @Test
    void countAndFromChooseWhatIsPrinted() {
        BroadcastRing.create(directory, "trades", RingOptions.ofCapacity(1 << 16).with(Trades.SCHEMA));
        try (var producer = BroadcastRing.producer("trades", attachment)) {
            Trades.send(producer, 0, 10);
            assertThat(sequences(tail(0, "trades", "--from", "8"))).containsExactly(8L, 9L);
            assertThat(sequences(tail(0, "trades", "--from", "12"))).isEmpty();
            var some = tail(0, "trades", "--count", "4");
            assertThat(sequences(some)).containsExactly(0L, 1L, 2L, 3L);
            assertThat(some.getLast().get("reason").asText()).isEqualTo("count");
            producer.seal();
        }
        var sealed = tail(0, "trades", "--follow", "--from", "9");
        assertThat(sequences(sealed)).containsExactly(9L);
        assertThat(sealed.getLast().get("reason").asText()).isEqualTo("sealed");
    }

    @Test
    void whoHasClaimedAndNotCommittedIsNamed() {
        MpscRing.create(directory, "orders", RingOptions.ofCapacity(1 << 14).with(Trades.SCHEMA));
        try (var producer = MpscRing.producer("orders", attachment)) {
            Trades.send(producer, 0, 1);
            assertThat(producer.tryClaim(1, 8, new Claim())).isPositive();
            var lines = tail(0, "orders");
            assertThat(sequences(lines)).containsExactly(0L);
            assertThat(lines.getLast().get("heldUpBy").asInt()).isZero();
        }
    }

    @Test
    void bytesOfAnUnknownSchemaAreHexUnlessItIsGiven() throws IOException {
        var unknown = new Schema(7, 1, 0);
        SpscRing.create(directory, "bytes", RingOptions.ofCapacity(1 << 14).with(unknown));
        try (var producer = SpscRing.producer("bytes", attachment.with(unknown))) {
            producer.offer(5, new UnsafeBuffer(new byte[] {1, 0x2f, (byte) 0xff}), 0, 3);
        }
        var run = Slipring.run("tail", "bytes", "--dir", path.toString());
        assertThat(run.out()).startsWith("{\"sequence\":0,\"type\":5,\"length\":3,\"hex\":\"012fff\"}\n");
        assertThat(run.err()).contains("schema id 7 version 1").contains("--schema");
        assertThat(Slipring.run("tail", "bytes", "--hex", "--dir", path.toString()).err()).isEmpty();
        var xml = path.resolve("schema.xml");
        try (var resource = Objects.requireNonNull(TradingSchema.class.getResourceAsStream(TradingSchema.XML_RESOURCE))) {
            Files.copy(resource, xml);
        }
        assertThat(tail(0, "bytes", "--schema", xml.toString()).getFirst().get("error").asText()).contains("found 3 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,  '',            3, create it first",
        "slots,   '',            5, slipring slot slots",
        "noise,   '',            5, is no Slipring region",
        "sound,   --from=newest, 2, 'oldest, latest, or a sequence'",
        "sound,   --from=-1,     2, negative",
        "sound,   --count=0,     2, not positive",
        "sound,   --schema=/no,  3, there is no /no"})
    void whatCannotBeTailedIsRefusedWithTheReason(String name, String option, int exitCode, String reason) throws IOException {
        SlotTable.create(directory, "slots", SlotOptions.ofPayload(8));
        SpscRing.create(directory, "sound", RingOptions.ofCapacity(1 << 14));
        Files.writeString(path.resolve("noise"), "noise");
        var arguments = Stream.of("tail", name, "--dir", path.toString(), option).filter(each -> !each.isEmpty()).toArray(String[]::new);
        var run = Slipring.run(arguments);
        assertThat(run.exitCode()).describedAs("%s", run).isEqualTo(exitCode);
        assertThat(run.err()).contains(reason);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aDamagedRecordEndsItWhereItIs() throws IOException {
        SpscRing.create(directory, "orders", RingOptions.ofCapacity(1 << 14).with(Trades.SCHEMA));
        try (var producer = SpscRing.producer("orders", attachment)) {
            Trades.send(producer, 0, 5);
        }
        long data = Slipring.json(0, "inspect", "orders", "--dir", path.toString()).get("areas").findParents("offset").getLast()
            .get("offset").asLong();
        try (var file = new RandomAccessFile(path.resolve("orders").toFile(), "rw")) {
            file.seek(data + 2 * 128);
            file.writeLong(-1);
        }
        var run = Slipring.run("tail", "orders", "--dir", path.toString());
        assertThat(run.exitCode()).describedAs("%s", run).isEqualTo(ExitCode.DAMAGED);
        assertThat(run.err()).contains("damaged at position 256");
        assertThat(sequences(parse(run.out()))).containsExactly(0L, 1L);
    }

    private List<JsonNode> tail(int exitCode, String... arguments) {
        var all = new ArrayList<>(List.of("tail", "--dir", path.toString()));
        all.addAll(Arrays.asList(arguments));
        var run = Slipring.run(all.toArray(String[]::new));
        assertThat(run.exitCode()).describedAs("%s %s", all, run).isEqualTo(exitCode);
        assertThat(run.err()).isEmpty();
        return parse(run.out());
    }

    private static List<JsonNode> parse(String lines) {
        return lines.lines().map(line -> {
            try {
                return new ObjectMapper().readTree(line);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + line, e);
            }
        }).toList();
    }

    private static List<Long> sequences(List<JsonNode> lines) {
        return lines.stream().filter(line -> line.has("type")).map(line -> line.get("sequence").asLong()).toList();
    }
}

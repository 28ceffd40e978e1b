package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SeqlockSlot;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What slot prints, and that nobody can tell. */
class SlotCommandTest {
    @TempDir
    private Path path;
    private RegionDirectory directory = new RegionDirectory(Path.of("/"));
    private Attachment attachment = Attachment.standard();

    @BeforeEach
    void settle() {
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory).with(Trades.SCHEMA).as("venue");
        SlotTable.create(directory, "book", SlotOptions.ofPayload(256).cells(4).slots(8).with(Trades.SCHEMA));
    }

    @Test
    void theNewestValueIsPrintedBySchemaWithAllThatBelongsToIt() throws IOException {
        try (var table = SlotTable.writer("book", attachment)) {
            var slot = table.writer(SlotKey.of("BTC/USD"));
            for (int i = 1; i <= 6; i++) {
                var trade = Trades.trade(i);
                var update = slot.begin();
                update.buffer().putBytes(0, trade, 0, trade.capacity());
                update.sourceTime(1000 + i).contextVersion(70 + i).ringSequence(i == 6 ? 42 : -1).publish(trade.capacity());
            }
            byte[] before = Files.readAllBytes(path.resolve("book"));
            var view = json(0, "BTC/USD");
            assertThat(view.get("outcome").asText()).isEqualTo("OK");
            assertThat(view.get("value").get("message").asText()).isEqualTo("Trade");
            assertThat(view.get("value").get("fields").get("sequence").asLong()).isEqualTo(6);
            var newest = view.get("published");
            assertThat(newest.get("version").asLong()).isEqualTo(6);
            assertThat(newest.get("length").asInt()).isEqualTo(66);
            assertThat(newest.get("ageNs").asLong()).isNotNegative();
            assertThat(newest.get("sourceTime").asLong()).isEqualTo(1006);
            assertThat(newest.get("contextVersion").asLong()).isEqualTo(76);
            assertThat(newest.get("ringSequence").asLong()).isEqualTo(42);
            assertThat(newest.get("writer").asText()).contains("venue").contains("" + ProcessHandle.current().pid());
            assertThat(view.get("retained").findValuesAsText("version")).containsExactly("5", "4", "3");
            assertThat(Slipring.run("slot", "book", "BTC/USD", "--hex", "--dir", path.toString()).out()).contains("version 6, ")
                .contains("joins its ring at message 42").contains("retained: 3…5").contains("{\"hex\":\"3a00010064000100");
            assertThat(Files.readAllBytes(path.resolve("book"))).isEqualTo(before);
        }
        assertThat(json(0, "BTC/USD").get("published").get("writer").asText()).isEqualTo("participant 0 of generation 1, gone");
    }

    @Test
    void withoutAKeyTheSlotsAreListed() {
        try (var table = SlotTable.writer("book", attachment)) {
            table.writer(SlotKey.of("BTC/USD")).write(new UnsafeBuffer(new byte[9]), 0, 9);
            table.writer(SlotKey.of(7));
            var listing = Slipring.json(0, "slot", "book", "--dir", path.toString());
            assertThat(listing.get("capacity").asInt()).isEqualTo(8);
            assertThat(listing.get("slots").findValuesAsText("key")).containsExactly("BTC/USD", "7");
            assertThat(listing.get("slots").findValuesAsText("version")).containsExactly("1", "0");
            assertThat(Slipring.run("slot", "book", "--dir", path.toString()).out()).contains("BTC/USD").contains("2 of 8 slots");
            assertThat(json(0, "7").get("outcome").asText()).isEqualTo("NONE_YET");
            var unknown = Slipring.run("slot", "book", "8", "--dir", path.toString());
            assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(unknown.err()).contains("no slot 8 among the 2");
        }
    }

    @Test
    void aSlotThatIsAloneNeedsNoKey() {
        SeqlockSlot.create(directory, "gyro", SlotOptions.ofPayload(8));
        try (var slot = SeqlockSlot.writer("gyro", attachment.with(Schema.NONE))) {
            slot.write(new UnsafeBuffer(new byte[] {1, 2, 3}), 0, 3);
        }
        var run = Slipring.run("slot", "gyro", "--dir", path.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("version 1").contains("{\"hex\":\"010203\"}");
        assertThat(run.err()).contains("names no schema");
    }

    @Test
    void whatHasNoSlotsIsRefused() {
        SpscRing.create(directory, "ring", RingOptions.ofCapacity(1 << 14));
        var run = Slipring.run("slot", "ring", "--dir", path.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(run.err()).contains("SPSC_RING").contains("SLOT_TABLE");
    }

    private JsonNode json(int exitCode, String key) {
        return Slipring.json(exitCode, "slot", "book", key, "--dir", path.toString());
    }
}

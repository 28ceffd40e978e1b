package dev.slipring.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.seqlock.GroupReader;
import dev.slipring.seqlock.GroupWriter;
import dev.slipring.seqlock.Read;
import dev.slipring.seqlock.SeqlockSlot;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotTable;
import dev.slipring.seqlock.SlotWriter;
import dev.slipring.seqlock.Snapshot;
import dev.slipring.seqlock.TableReader;
import dev.slipring.seqlock.TableWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/slots.md. */
class SlotsGuideTest {
    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @BeforeEach
    void chooseDirectory() {
        System.setProperty("slipring.dir", directory.toString());
    }

    @AfterEach
    void forgetDirectory() {
        System.clearProperty("slipring.dir");
    }

    static void write(SlotWriter position, long exchangeTime, long quantity) {
        try (var update = position.begin()) {                         // leaving without publish abandons it
            update.buffer().putLong(0, quantity);
            update.sourceTime(exchangeTime).publish(Long.BYTES);
        }
    }

    static String read(SlotReader position) {
        return switch (position.read()) {
            case OK -> position.value().payload().getLong(0) + ", " + position.skipped() + " missed";
            case WRITER_DEAD -> position.value().payload().getLong(0) + " was its last word, " + position.value().ageNs() + " ns ago";
            case NONE_YET -> "nothing yet";
            case BUSY, OVERWRITTEN -> "the writer is faster: try again";
        };
    }

    static long spread(TableReader quotes) {
        var bid = quotes.reader(SlotKey.of("bid"));                   // once, and kept: making readers allocates
        var ask = quotes.reader(SlotKey.of("ask"));
        return new Snapshot(bid, ask).read() == Read.OK               // both of one instant
            ? ask.value().payload().getLong(0) - bid.value().payload().getLong(0) : -1;
    }

    static GroupWriter together(TableWriter quotes, SlotWriter bid, SlotWriter ask) {
        return quotes.group(SlotKey.of("quote"), bid, ask);           // publish() makes their present values belong together
    }

    static boolean readTogether(GroupReader quote, SlotReader bid, SlotReader ask) {
        return quote.read() == Read.OK                                // also when both are written all the time
            && bid.value().payload().getLong(0) < ask.value().payload().getLong(0);
    }

    static boolean theCalibrationOf(SlotReader calibration, long contextVersion, long sampleTime) {
        return calibration.readExactly(contextVersion) == Read.OK     // this one, no other; or OVERWRITTEN
            || calibration.atOrBefore(sampleTime) == Read.OK;         // or the newest that was valid then
    }

    @Test
    void aPosition() {
        SeqlockSlot.create("position", SlotOptions.ofPayload(8));
        try (var writer = SeqlockSlot.writer("position"); var reader = SeqlockSlot.reader("position")) {
            assertThat(read(reader)).isEqualTo("nothing yet");
            write(writer, 1, 5);
            assertThat(read(reader)).isEqualTo("5, 0 missed");
            write(writer, 2, 6);
            write(writer, 3, 7);
            assertThat(read(reader)).isEqualTo("7, 1 missed");
            assertThat(theCalibrationOf(reader, 2, 0)).isTrue();
            assertThat(reader.value().payload().getLong(0)).isEqualTo(6);
            assertThat(theCalibrationOf(reader, 9, 1)).isTrue();
            assertThat(reader.value().payload().getLong(0)).isEqualTo(5);
        }
    }

    @Test
    void aQuote() {
        SlotTable.create("quotes", SlotOptions.ofPayload(64).slots(100));
        try (var table = SlotTable.writer("quotes"); var reader = SlotTable.reader("quotes")) {
            var bid = table.writer(SlotKey.of("bid"));
            var ask = table.writer(SlotKey.of("ask"));
            write(bid, 1, 99);
            write(ask, 1, 101);
            assertThat(spread(reader)).isEqualTo(2);
            together(table, bid, ask).publish();
            write(bid, 2, 200); // and ask is still to come
            var bidReader = reader.reader(SlotKey.of("bid"));
            var askReader = reader.reader(SlotKey.of("ask"));
            assertThat(readTogether(reader.group(SlotKey.of("quote"), bidReader, askReader), bidReader, askReader)).isTrue();
            assertThat(bidReader.value().payload().getLong(0)).isEqualTo(99);
        }
    }
}

package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.cli.text.JsonLines;
import dev.slipring.codec.TradingSchema;
import dev.slipring.core.process.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as JSON by their schema; and what becomes of those that are none. */
class SbeSchemaTest {
    private static final int VERSION_OFFSET = 6;
    private static final int TRADE_BLOCK = 58;
    private static final int QUOTE_LEVEL_COUNT_OFFSET = 8 + 67 + 2;

    @TempDir
    private Path directory;
    private final SbeSchema trading = SbeSchema.trading();

    @Test
    void everyFieldIsPrintedAsItsTypeSays() {
        assertThat(describe(Trades.trade(7))).isEqualTo("""
            {"message":"Trade","version":1,"fields":{"sequence":7,"tradeId":null,"exchangeTimeNs":13,"intendedSendTimeNs":14,\
            "price":80.57,"aggressorSide":"SELL","venueId":15,"instrumentId":16,"quantity":0.00200000,"condition":"AUCTION"}}""");
    }

    @Test
    void groupsAreArraysAndNullDecimalsAreNull() {
        assertThat(describe(Trades.quote(2))).isEqualTo("""
            {"message":"Quote","version":1,"fields":{"sequence":21,"exchangeTimeNs":22,"intendedSendTimeNs":23,"bidPrice":24000,\
            "phase":"HALTED","venueId":25,"instrumentId":26,"askPrice":null,"bidQuantity":0.028,"askQuantity":0,\
            "levels":[{"price":10.0,"side":"BUY","quantity":2.00,"orderCount":300},\
            {"price":10.1,"side":"BUY","quantity":2.01,"orderCount":301}]}}""");
        assertThat(describe(Trades.quote(0))).endsWith("\"levels\":[]}}");
    }

    @Test
    void whatTheVersionDidNotHaveIsNull() {
        var trade = Trades.trade(7);
        trade.putShort(0, (short) (TRADE_BLOCK - 1));
        trade.putShort(VERSION_OFFSET, (short) 0);
        assertThat(describe(new UnsafeBuffer(trade, 0, 8 + TRADE_BLOCK - 1))).contains("\"version\":0").endsWith("\"condition\":null}}");
    }

    @Test
    void aNewerVersionIsReadAsFarAsItIsKnown() {
        var bytes = new UnsafeBuffer(new byte[8 + TRADE_BLOCK + 5]);
        bytes.putBytes(0, Trades.trade(7), 0, 8 + TRADE_BLOCK);
        bytes.putShort(0, (short) (TRADE_BLOCK + 5));
        bytes.putShort(VERSION_OFFSET, (short) 9);
        assertThat(describe(bytes)).contains("\"version\":9").endsWith("\"condition\":\"AUCTION\"}}");
    }

    @Test
    void anUnknownEnumValueIsItsNumber() {
        var quote = Trades.quote(0);
        quote.putByte(8 + 33, (byte) 77);
        assertThat(describe(quote)).contains("\"phase\":77,");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 59, 'expected a block of at most 58 bytes, found 59'",
        "0, 57, 'its block is too short for the fields of version 1'",
        "2, 9, 'schema 100 has no message 9 in version 1'",
        "4, 101, 'expected schema id 100, found 101'"})
    void whatIsNoMessageIsPrintedAsHexWithTheReason(int offset, short value, String reason) {
        var trade = Trades.trade(7);
        trade.putShort(offset, value);
        assertThat(describe(trade)).contains("\"error\":\"" + reason + "\",\"hex\":\"").doesNotContain("\"fields\"");
    }

    @Test
    void aMessageThatClaimsMoreThanItsBytesIsNotReadBeyondThem() {
        var quote = Trades.quote(1);
        var neighbours = new UnsafeBuffer(new byte[4096]);
        neighbours.setMemory(0, 4096, (byte) 0x31);
        neighbours.putBytes(0, quote, 0, quote.capacity());
        neighbours.putShort(QUOTE_LEVEL_COUNT_OFFSET, (short) 3);
        assertThat(describe(neighbours, quote.capacity())).contains("\"error\":\"it says more than its " + quote.capacity() + " bytes\"");
        assertThat(describe(new UnsafeBuffer(new byte[7]))).contains("expected an SBE header of 8 bytes, found 7 bytes");
    }

    @Test
    void whateverTheBytesThereIsALine() {
        var random = Seed.random("SbeSchemaTest");
        for (int round = 0; round < 20_000; round++) {
            var message = random.nextBoolean() ? Trades.trade(round) : Trades.quote(random.nextInt(4));
            for (int i = random.nextInt(4); i >= 0; i--) {
                message.putByte(random.nextInt(message.capacity()), (byte) random.nextInt());
            }
            assertThat(describe(message, random.nextInt(message.capacity() + 1))).startsWith("{").endsWith("}");
        }
    }

    @Test
    void aSchemaIsReadFromXmlAndFromItsIr() throws IOException {
        var xml = copy(TradingSchema.XML_RESOURCE);
        var ir = copy(TradingSchema.IR_RESOURCE);
        for (var file : new Path[] {xml, ir}) {
            var line = JsonLines.NODES.objectNode();
            SbeSchema.load(file).describe(line, Trades.trade(7), 0, 66);
            assertThat(JsonLines.text(line)).contains("\"price\":80.57");
        }
    }

    @Test
    void aFileThatIsNoSchemaIsRefused() throws IOException {
        for (String name : new String[] {"some.xml", "some.sbeir"}) {
            var file = Files.writeString(directory.resolve(name), "<nothing/>");
            assertThatThrownBy(() -> SbeSchema.load(file)).isInstanceOf(VerbFailure.class).hasMessageContaining("is no SBE schema");
        }
        assertThatThrownBy(() -> SbeSchema.load(directory.resolve("none.xml"))).isInstanceOf(VerbFailure.class)
            .hasMessageContaining("there is no ");
    }

    private Path copy(String resource) throws IOException {
        var file = directory.resolve(Path.of(resource).getFileName());
        try (var stream = Objects.requireNonNull(TradingSchema.class.getResourceAsStream(resource))) {
            Files.copy(stream, file);
        }
        return file;
    }

    private String describe(DirectBuffer message) {
        return describe(message, message.capacity());
    }

    private String describe(DirectBuffer message, int length) {
        var line = JsonLines.NODES.objectNode();
        trading.describe(line, message, 0, length);
        return JsonLines.text(line);
    }
}

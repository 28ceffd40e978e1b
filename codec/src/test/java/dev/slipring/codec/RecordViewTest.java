package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipring.codec.DecodeException.Reason;
import dev.slipring.codec.trading.ExecutionReportDecoder;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.TradeDecoder;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordViewTest {
    private static final int BLOCK_LENGTH_OFFSET = 0;
    private static final int SCHEMA_ID_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;

    private final RecordView view = new RecordView(TradingSchema.HISTORY);
    private final byte[] trade = V1Messages.trade();

    @Test
    void aRecordInTheMiddleOfABufferIsRead() {
        var buffer = Neighbours.offHeap().around(trade, trade.length);
        assertThat(view.wrap(buffer, Neighbours.OFFSET, trade.length)).isEqualTo(TradeDecoder.TEMPLATE_ID).isEqualTo(view.templateId());
        assertThat(view.version()).isEqualTo(TradingSchema.VERSION);
        var decoder = view.decode(new TradeDecoder());
        assertThat(decoder.sequence()).isEqualTo(11);
        assertThat(decoder.price().mantissa()).isEqualTo(8050);
        view.requireEnd(decoder);
    }

    @Test
    void aRecordMayBeLongerThanItsMessage() {
        var buffer = Neighbours.onHeap().around(trade, trade.length);
        view.wrap(buffer, Neighbours.OFFSET, trade.length + 30);
        assertThat(view.decodeWhole(new TradeDecoder()).sequence()).isEqualTo(11);
    }

    @Test
    void anotherSchemaIsRefused() {
        put(trade, SCHEMA_ID_OFFSET, 101);
        assertRefused(trade, Reason.SCHEMA, "expected schema id 100, found 101");
    }

    @Test
    void theWrongDecoderIsRefusedAndTheRightOneServedAfterwards() {
        view.wrap(new UnsafeBuffer(trade), 0, trade.length);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> view.decode(new QuoteDecoder()))
            .withMessage("template: expected template 2 (QuoteDecoder), found 1; choose the decoder by what wrap() returned");
        assertThat(view.decode(new TradeDecoder()).sequence()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 300, 65_535})
    void aBlockLongerThanItsRecordIsRefused(int blockLength) {
        put(trade, BLOCK_LENGTH_OFFSET, blockLength);
        assertRefused(trade, Reason.BLOCK_LENGTH, "at most 58 bytes, which is what the record holds after its header, found block length "
            + blockLength);
    }

    @ParameterizedTest
    @CsvSource({"57, 1, 58", "0, 1, 58", "56, 0, 57", "57, 2, 58", "57, 65535, 58"})
    void aBlockShorterThanItsVersionDemandsIsRefused(int blockLength, int version, int required) {
        put(trade, BLOCK_LENGTH_OFFSET, blockLength);
        put(trade, VERSION_OFFSET, version);
        assertRefused(trade, Reason.BLOCK_LENGTH, "at least " + required + " bytes for template 1 in version " + version
            + ", found block length " + blockLength);
    }

    @Test
    void aRecordWithoutAHeaderIsRefused() {
        for (int length = 0; length < RecordView.HEADER_LENGTH; length++) {
            int shortLength = length;
            assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> view.wrap(new UnsafeBuffer(trade), 0, shortLength))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_SHORT))
                .withMessageContaining("expected a message header of 8 bytes, found a record of " + length);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 8", "0, -1", "0, 67", "60, 8", "2147483647, 2147483647", "0, -2147483648", "-2147483648, 0"})
    void aRangeOutsideTheBufferIsTheCallersMistake(int offset, int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> view.wrap(new UnsafeBuffer(trade), offset, length))
            .withMessage("a record of " + length + " bytes at " + offset + " is not within a buffer of 66");
    }

    @Test
    void aRefusedRecordLeavesNothingOfTheOneBefore() {
        view.wrap(new UnsafeBuffer(trade), 0, trade.length);
        var decoder = view.decode(new TradeDecoder());
        assertThatIllegalArgumentException().isThrownBy(() -> view.wrap(new UnsafeBuffer(trade), 0, 1000));
        assertThat(view.templateId()).isEqualTo(-1);
        assertThatIllegalStateException().isThrownBy(() -> view.decode(decoder)).withMessage("no record: wrap() one first");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(decoder::sequence);
    }

    @Test
    void aDecoderOfTheRecordBeforeDoesNotReadARefusedOne() {
        view.wrap(new UnsafeBuffer(trade), 0, trade.length);
        var decoder = view.decode(new TradeDecoder());
        var foreign = trade.clone();
        put(foreign, SCHEMA_ID_OFFSET, 101);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> view.wrap(new UnsafeBuffer(foreign), 0, foreign.length));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(decoder::sequence);
    }

    @Test
    void aClearedViewReadsNothing() {
        view.wrap(new UnsafeBuffer(trade), 0, trade.length);
        var decoder = view.decode(new TradeDecoder());
        view.clear();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(decoder::sequence);
        assertThatIllegalStateException().isThrownBy(() -> view.decode(decoder));
    }

    @Test
    void aTextThatNobodyReadIsFoundAtTheEnd() {
        var report = V1Messages.executionReport("text");
        view.wrap(new UnsafeBuffer(report), 0, report.length - 1);
        var decoder = view.decode(new ExecutionReportDecoder());
        decoder.skipText();
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> view.requireEnd(decoder))
            .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OVERRUN))
            .withMessageContaining("within its record of 105 bytes, found a message that claims 106");
    }

    @Test
    void levelsThatNobodyReadAreFoundAtTheEnd() {
        var quote = V1Messages.quote(2);
        view.wrap(new UnsafeBuffer(quote), 0, quote.length - 1);
        var decoder = view.decode(new QuoteDecoder());
        for (var levels = decoder.levels(); levels.hasNext(); levels.next()) {
            assertThat(levels.actingBlockLength()).isEqualTo(21);
        }
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> view.requireEnd(decoder));
    }

    @Test
    void aWrappedTextStaysInsideItsRecord() {
        var report = V1Messages.executionReport("text");
        view.wrap(new UnsafeBuffer(report), 0, report.length - 1);
        var decoder = view.decode(new ExecutionReportDecoder());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> decoder.wrapText(new UnsafeBuffer(0, 0)));
    }

    @Test
    void theEndIsAskedOfTheViewThatDecoded() {
        view.wrap(new UnsafeBuffer(trade), 0, trade.length);
        assertThatIllegalArgumentException().isThrownBy(() -> view.requireEnd(new TradeDecoder()))
            .withMessage("TradeDecoder was not decoded by this view");
    }

    @Test
    void aDecoderOfAnotherSchemaOrOfAMessageWithoutHistoryIsTheProgramsMistake() {
        var other = new RecordView(SchemaHistory.of(7, 0, 0).message(1, 57));
        put(trade, SCHEMA_ID_OFFSET, 7);
        other.wrap(new UnsafeBuffer(trade), 0, trade.length);
        assertThatIllegalArgumentException().isThrownBy(() -> other.decode(new TradeDecoder())).withMessageContaining("schema id 100");
        var poor = new RecordView(SchemaHistory.of(TradingSchema.ID, 0, 0));
        put(trade, SCHEMA_ID_OFFSET, TradingSchema.ID);
        poor.wrap(new UnsafeBuffer(trade), 0, trade.length);
        assertThatIllegalArgumentException().isThrownBy(() -> poor.decode(new TradeDecoder()))
            .withMessageContaining("template 1 is not in the history of schema 100");
    }

    @Test
    void aHistoryIsCheckedWhenItIsWritten() {
        var history = SchemaHistory.of(9, 1, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> history.message(1, 8)).withMessageContaining("give one for each");
        assertThatIllegalArgumentException().isThrownBy(() -> history.message(1, 8, 7)).withMessageContaining("outside 8…65535");
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaHistory.of(9, 1, 2)).withMessageContaining("minReaderVersion=2");
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaHistory.of(0, 1, 1)).withMessageContaining("id=0");
    }

    private void assertRefused(byte[] message, Reason reason, String text) {
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> {
            view.wrap(new UnsafeBuffer(message), 0, message.length);
            view.decode(new TradeDecoder());
        }).withMessageContaining(text).satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static void put(byte[] message, int offset, int value) {
        new UnsafeBuffer(message).putShort(offset, (short) value, ByteOrder.LITTLE_ENDIAN);
    }
}

package dev.slipring.codec;

import dev.slipring.codec.trading.ExecutionReportDecoder;
import dev.slipring.codec.trading.NewOrderDecoder;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.TradeDecoder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** A process of one version: reads any record into text, all fields, groups and texts of it. */
final class Reader {
    private final RecordView view;
    private final Map<Integer, MessageDecoderFlyweight> decoders = new HashMap<>();

    private Reader(SchemaHistory schema, MessageDecoderFlyweight... all) {
        view = new RecordView(schema);
        for (var decoder : all) {
            decoders.put(decoder.sbeTemplateId(), decoder);
        }
    }

    static Reader v0() {
        return new Reader(SchemaHistory.of(TradingSchema.ID, 0, 0).message(1, 57).message(2, 67).message(3, 57).message(4, 91),
            new dev.slipring.codec.trading.v0.TradeDecoder(), new dev.slipring.codec.trading.v0.QuoteDecoder(),
            new dev.slipring.codec.trading.v0.NewOrderDecoder(), new dev.slipring.codec.trading.v0.ExecutionReportDecoder());
    }

    static Reader v1() {
        return new Reader(TradingSchema.HISTORY, new TradeDecoder(), new QuoteDecoder(), new NewOrderDecoder(),
            new ExecutionReportDecoder());
    }

    static Reader v2() {
        return new Reader(SchemaHistory.of(TradingSchema.ID, 2, 0).message(1, 57, 58, 66).message(2, 67, 67, 76).message(3, 57, 57, 65)
            .message(4, 91, 92, 92).message(5, SchemaHistory.ABSENT, SchemaHistory.ABSENT, 16),
            new dev.slipring.codec.trading.v2.TradeDecoder(), new dev.slipring.codec.trading.v2.QuoteDecoder(),
            new dev.slipring.codec.trading.v2.NewOrderDecoder(), new dev.slipring.codec.trading.v2.ExecutionReportDecoder(),
            new dev.slipring.codec.trading.v2.CancelOrderDecoder());
    }

    /** Every field, but not the header's numbers; "unknown template" when this version has no such message. */
    String fields(byte[] message) {
        var text = new StringBuilder();
        read(new UnsafeBuffer(message), 0, message.length, true, text);
        return text.substring(text.indexOf("):") + 2);
    }

    /** What a reader gets to see: everything read until the end or the refusal, and the refusal. Any other exception is thrown. */
    String outcome(DirectBuffer buffer, int offset, int length, boolean wholeFirst) {
        var seen = new StringBuilder();
        try {
            read(buffer, offset, length, wholeFirst, seen);
        } catch (DecodeException | IndexOutOfBoundsException refusal) {
            seen.append(" REFUSED: ").append(refusal);
        }
        return seen.toString();
    }

    private void read(DirectBuffer buffer, int offset, int length, boolean wholeFirst, StringBuilder to) {
        int templateId = view.wrap(buffer, offset, length);
        var decoder = decoders.get(templateId);
        if (decoder == null) {
            to.append("(header):unknown template ").append(templateId);
        } else {
            (wholeFirst ? view.decodeWhole(decoder) : view.decode(decoder)).appendTo(to);
            view.requireEnd(decoder);
        }
    }

    /** The same with generated code alone, as its wrapAndApplyHeader goes about it. */
    String stockOutcome(DirectBuffer buffer, int offset) {
        var seen = new StringBuilder();
        var header = new dev.slipring.codec.trading.MessageHeaderDecoder().wrap(buffer, offset);
        var decoder = decoders.get(header.templateId());
        if (decoder == null) {
            return "unknown template";
        }
        try {
            decoder.wrap(buffer, offset + RecordView.HEADER_LENGTH, header.blockLength(), header.version());
            decoder.appendTo(seen);
        } catch (IndexOutOfBoundsException refusal) {
            seen.append(" REFUSED: ").append(refusal);
        }
        return seen.toString();
    }
}

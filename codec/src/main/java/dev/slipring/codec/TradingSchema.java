package dev.slipring.codec;

import dev.slipring.codec.trading.ExecutionReportDecoder;
import dev.slipring.codec.trading.MessageHeaderDecoder;
import dev.slipring.codec.trading.NewOrderDecoder;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.TradeDecoder;

/**
 * What is to be known about the trading schema ({@code sbe/trading.xml}) without decoding anything: the numbers for a region's header, and
 * its past. README.md of this module has the rules by which they change.
 */
public final class TradingSchema {
    /** Schema id. */
    public static final int ID = MessageHeaderDecoder.SCHEMA_ID;

    /** Version that this build writes. */
    public static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;

    /** Lowest version whose readers read what this build writes: every change so far only appended. */
    public static final int MIN_READER_VERSION = 0;

    /** Where the schema lies on the class path. */
    public static final String XML_RESOURCE = "/sbe/trading.xml";

    /** Where its intermediate representation lies on the class path: decodes records without generated code ({@code IrDecoder}). */
    public static final String IR_RESOURCE = "/sbe/trading.sbeir";

    /** Its past, for {@link RecordView}. */
    public static final SchemaHistory HISTORY = SchemaHistory.of(ID, VERSION, MIN_READER_VERSION)
        .message(TradeDecoder.TEMPLATE_ID, 57, 58)
        .message(QuoteDecoder.TEMPLATE_ID, 67, 67)
        .message(NewOrderDecoder.TEMPLATE_ID, 57, 57)
        .message(ExecutionReportDecoder.TEMPLATE_ID, 91, 92);

    private TradingSchema() {
    }
}

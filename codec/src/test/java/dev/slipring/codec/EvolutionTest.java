package dev.slipring.codec;

import static dev.slipring.codec.DecodeException.Reason.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.codec.trading.Side;
import dev.slipring.codec.trading.TradeDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Version 0, the present version 1 and a version 2 to come read each other's bytes. */
class EvolutionTest {
    private final Reader v0 = Reader.v0();
    private final Reader v1 = Reader.v1();
    private final Reader v2 = Reader.v2();

    @Test
    void eachVersionReadsWhatItWrote() {
        assertThat(v0.fields(V0Messages.trade())).endsWith("|quantity=(mantissa=200000|exponent=-8)");
        assertThat(v1.fields(V1Messages.trade())).endsWith("|quantity=(mantissa=200000|exponent=-8)|condition=AUCTION");
        assertThat(v2.fields(V2Messages.trade()))
            .endsWith("|quantity=(mantissa=200000|exponent=-8)|condition=AUCTION|recordedTimeNs=17");
        assertThat(v2.fields(V2Messages.cancelOrder())).isEqualTo("orderId=71|clientTimeNs=72");
    }

    @Test
    void anOldReaderReadsANewTradeAndPassesOverWhatItDoesNotKnow() {
        assertThat(v0.fields(V1Messages.trade())).isEqualTo(v0.fields(V0Messages.trade()));
        assertThat(v0.fields(V2Messages.trade())).isEqualTo(v0.fields(V0Messages.trade()));
        assertThat(v1.fields(V2Messages.trade())).isEqualTo(v1.fields(V1Messages.trade()));
    }

    @Test
    void aNewReaderReadsAnOldTradeAndFindsNullsForWhatItLacks() {
        assertThat(v1.fields(V0Messages.trade())).isEqualTo(v0.fields(V0Messages.trade()) + "|condition=NULL_VAL");
        assertThat(v2.fields(V0Messages.trade()))
            .isEqualTo(v0.fields(V0Messages.trade()) + "|condition=NULL_VAL|recordedTimeNs=" + Long.MIN_VALUE);
        assertThat(v2.fields(V1Messages.trade())).isEqualTo(v1.fields(V1Messages.trade()) + "|recordedTimeNs=" + Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 256})
    void anOldReaderReadsANewQuoteWhoseLevelsGrew(int levels) {
        assertThat(v0.fields(V1Messages.quote(levels))).isEqualTo(v0.fields(V0Messages.quote(levels)));
        assertThat(v0.fields(V2Messages.quote(levels))).isEqualTo(v0.fields(V0Messages.quote(levels)));
        assertThat(v1.fields(V2Messages.quote(levels))).isEqualTo(v1.fields(V1Messages.quote(levels)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 256})
    void aNewReaderReadsAnOldQuoteWithoutTheGroupsAndFieldsAddedSince(int levels) {
        assertThat(v1.fields(V0Messages.quote(levels)))
            .isEqualTo(v1.fields(V1Messages.quote(levels)).replaceAll("orderCount=\\d+", "orderCount=65535"));
        String before = v2.fields(V2Messages.quote(levels)).replace("lastPrice=(mantissa=30|exponent=-4)", "lastPrice=null")
            .replaceAll("oldestOrderId=\\d+", "oldestOrderId=-1").replace("feeds=[(venueId=31),(venueId=32)]", "feeds=[]");
        assertThat(v2.fields(V1Messages.quote(levels))).isEqualTo(before).contains("lastPrice=null").endsWith("feeds=[]");
        assertThat(v2.fields(V0Messages.quote(levels))).isEqualTo(before.replaceAll("orderCount=\\d+", "orderCount=65535"));
    }

    @Test
    void ordersOfEveryVersionAreReadByEveryVersion() {
        assertThat(v0.fields(V1Messages.newOrder())).isEqualTo(v0.fields(V0Messages.newOrder()));
        assertThat(v0.fields(V2Messages.newOrder())).isEqualTo(v0.fields(V0Messages.newOrder()));
        assertThat(v1.fields(V0Messages.newOrder())).isEqualTo(v1.fields(V1Messages.newOrder()));
        assertThat(v1.fields(V2Messages.newOrder())).isEqualTo(v1.fields(V1Messages.newOrder()));
        assertThat(v2.fields(V2Messages.newOrder())).isEqualTo(v1.fields(V1Messages.newOrder()) + "|parentOrderId=48");
        assertThat(v2.fields(V1Messages.newOrder())).isEqualTo(v1.fields(V1Messages.newOrder()) + "|parentOrderId=-1");
        assertThat(v2.fields(V0Messages.newOrder())).isEqualTo(v1.fields(V1Messages.newOrder()) + "|parentOrderId=-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r", "rejected: préfixe £"})
    void executionReportsKeepTheirTextWhateverWasAppendedBeforeOrAfterIt(String text) {
        String oldest = v0.fields(V0Messages.executionReport(text));
        assertThat(oldest).endsWith("|text='" + text + "'");
        assertThat(v0.fields(V1Messages.executionReport(text))).isEqualTo(oldest);
        assertThat(v0.fields(V2Messages.executionReport(text))).isEqualTo(oldest);
        String present = v1.fields(V1Messages.executionReport(text));
        assertThat(present).endsWith("|liquidity=TAKER|text='" + text + "'");
        assertThat(v1.fields(V2Messages.executionReport(text))).isEqualTo(present);
        String withoutLiquidity = present.replace("liquidity=TAKER", "liquidity=NULL_VAL");
        assertThat(v1.fields(V0Messages.executionReport(text))).isEqualTo(withoutLiquidity);
        assertThat(v2.fields(V2Messages.executionReport(text))).isEqualTo(present + "|venueText='from the venue'");
        assertThat(v2.fields(V1Messages.executionReport(text))).isEqualTo(present + "|venueText=''");
        assertThat(v2.fields(V0Messages.executionReport(text))).isEqualTo(withoutLiquidity + "|venueText=''");
    }

    @Test
    void aMessageOfTheFutureIsAnUnknownTemplateAndTheViewGoesOn() {
        assertThat(v1.fields(V2Messages.cancelOrder())).isEqualTo("unknown template 5");
        assertThat(v1.fields(V2Messages.trade())).isEqualTo(v1.fields(V1Messages.trade()));
        var bytes = V2Messages.cancelOrder();
        var view = new RecordView(TradingSchema.HISTORY);
        assertThat(view.wrap(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(5);
        assertThat(view.version()).isEqualTo(2);
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> view.decode(new TradeDecoder()))
            .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(TEMPLATE))
            .withMessageContaining("expected template 1 (TradeDecoder), found 5");
    }

    @Test
    void anEnumValueOfTheFutureIsUnknownAndItsRawValueRemains() {
        var bytes = V2Messages.tradeWithAnEnumValueOfTheFuture();
        var view = new RecordView(TradingSchema.HISTORY);
        assertThat(view.wrap(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(TradeDecoder.TEMPLATE_ID);
        var trade = view.decode(new TradeDecoder());
        assertThat(trade.aggressorSide()).isEqualTo(Side.SBE_UNKNOWN);
        assertThat(trade.aggressorSideRaw()).isEqualTo((byte) '5');
        assertThat(v2.fields(bytes)).contains("aggressorSide=SELL_SHORT");
    }

    @Test
    void aMessageThatClaimsAVersionBeforeItsIntroductionIsRefused() {
        var bytes = V2Messages.cancelOrder();
        bytes[6] = 1;
        assertThat(v2.outcome(new UnsafeBuffer(bytes), 0, bytes.length, false))
            .contains("expected a message of version 1, found template 5, which came later");
    }
}

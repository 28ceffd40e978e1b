package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipring.codec.trading.ExecutionReportDecoder;
import dev.slipring.codec.trading.NewOrderDecoder;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.TradeDecoder;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Decoding gives the garbage collector nothing to do. */
class AllocationTest {
    private static final int ROUNDS = 100_000;

    private final byte[][] messages = {V1Messages.trade(), V1Messages.quote(5), V1Messages.newOrder(), V1Messages.executionReport("text"),
        V0Messages.quote(5), V2Messages.cancelOrder()};
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final RecordView view = new RecordView(TradingSchema.HISTORY);
    private final TradeDecoder trade = new TradeDecoder();
    private final QuoteDecoder quote = new QuoteDecoder();
    private final NewOrderDecoder order = new NewOrderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private long sum;

    @Test
    void noMessageAllocates() {
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            decodeAll();
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeAll();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes for " + ROUNDS + " rounds of " + messages.length + " messages").isLessThan(1024);
        assertThat(sum).isNotZero();
    }

    private void decodeAll() {
        for (int round = 0; round < ROUNDS; round++) {
            for (var message : messages) {
                buffer.putBytes(64, message);
                decode(message.length);
            }
        }
    }

    private void decode(int length) {
        switch (view.wrap(buffer, 64, length)) {
            case TradeDecoder.TEMPLATE_ID -> {
                view.decode(trade);
                sum += trade.sequence() + trade.aggressorSideRaw() + trade.condition().value() + Decimal.multiply(
                    trade.price().mantissa(), trade.price().exponent(), trade.quantity().mantissa(), trade.quantity().exponent(), -9);
            }
            case QuoteDecoder.TEMPLATE_ID -> {
                view.decodeWhole(quote);
                for (var level : quote.levels()) {
                    sum += Decimal.compare(level.price().mantissa(), level.price().exponent(), quote.bidPrice().mantissa(),
                        quote.bidPrice().exponent()) + level.orderCount() + level.side().value();
                }
                view.requireEnd(quote);
            }
            case NewOrderDecoder.TEMPLATE_ID -> sum += view.decode(order).orderId() + order.timeInForce().value();
            case ExecutionReportDecoder.TEMPLATE_ID -> {
                view.decodeWhole(report).wrapText(text);
                sum += report.execId() + text.capacity() + text.getByte(0);
                view.requireEnd(report);
            }
            default -> sum++;
        }
    }
}

package dev.slipring.examples.trading;

import dev.slipring.codec.Decimal;
import dev.slipring.codec.RecordView;
import dev.slipring.codec.trading.ExecType;
import dev.slipring.codec.trading.ExecutionReportDecoder;

/** Execution reports, as they are received: takes them out of their messages and adds them up. Allocates nothing. */
final class Executions {
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final ReportTally tally = new ReportTally();

    /** Takes the next; returns it, to be looked at until the next comes. */
    ExecutionReportDecoder onReport(RecordView record) {
        record.decode(report);
        boolean filled = report.execType() == ExecType.TRADE;
        long price = filled ? Decimal.rescale(report.fillPrice().mantissa(), report.fillPrice().exponent(), Units.PRICE_EXPONENT) : 0;
        long quantity = Decimal.rescale(report.fillQuantity().mantissa(), report.fillQuantity().exponent(), Units.QUANTITY_EXPONENT);
        long cumulative = Decimal.rescale(report.cumulativeQuantity().mantissa(), report.cumulativeQuantity().exponent(),
            Units.QUANTITY_EXPONENT);
        long leaves = Decimal.rescale(report.leavesQuantity().mantissa(), report.leavesQuantity().exponent(), Units.QUANTITY_EXPONENT);
        tally.add(report.execId(), report.orderId(), report.execType(), report.side(), price, quantity, cumulative, leaves);
        return report;
    }

    ReportTotals totals() {
        return tally.totals();
    }
}

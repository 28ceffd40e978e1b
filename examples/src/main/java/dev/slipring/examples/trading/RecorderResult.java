package dev.slipring.examples.trading;

import java.util.List;

/**
 * What the recorder got.
 *
 * @param executions received; out of sequence where one came behind a gap
 * @param gaps       what was overwritten before it was read, in the order in which it was told
 */
record RecorderResult(ReportTotals executions, List<Gap> gaps) {

    /** Executions in all gaps. */
    long lost() {
        return gaps.stream().mapToLong(Gap::count).sum();
    }
}

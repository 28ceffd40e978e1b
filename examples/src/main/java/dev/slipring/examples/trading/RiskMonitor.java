package dev.slipring.examples.trading;

import dev.slipring.codec.RecordView;
import org.agrona.DirectBuffer;

/**
 * Watches what is bought and sold, by the executions alone. It is a gated subscriber: a position that may lack something is none, so the
 * gateway waits for it when it is a whole ring behind.
 */
final class RiskMonitor {
    private final Inbox in;
    private final Inboxes inboxes;
    private final Executions executions = new Executions();

    RiskMonitor(Meeting meeting, Meeting.Pass pass) {
        in = new Inbox(meeting.subscription(pass, Meeting.Flow.EXECUTIONS), "gateway", this::onRecord);
        inboxes = new Inboxes(meeting.spinning(), in);
    }

    /** Runs until the gateway has left. */
    RiskResult run() throws InterruptedException {
        try (in) {
            while (!in.isClosed()) {
                inboxes.pollNext();
            }
            return new RiskResult(executions.totals(), in.sequence());
        }
    }

    private void onRecord(int templateId, RecordView record, DirectBuffer buffer, int offset, int length) {
        executions.onReport(record);
    }
}

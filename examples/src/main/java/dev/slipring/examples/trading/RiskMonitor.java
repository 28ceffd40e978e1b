package dev.slipring.examples.trading;

import dev.slipring.codec.RecordView;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Watches what is bought and sold, by the executions alone. It is a gated subscriber: a position that may lack something is none, so the
 * gateway waits for it when it is a whole ring behind.
 */
final class RiskMonitor {
    /** Nobody waits for it: it takes what has gathered, instead of being woken for each execution. */
    private static final long UNHURRIED_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Inbox in;
    private final Inboxes inboxes;
    private final Executions executions = new Executions();

    RiskMonitor(Meeting meeting, Meeting.Pass pass) {
        in = new Inbox(meeting.subscription(pass, Meeting.Flow.EXECUTIONS), "gateway", this::onRecord);
        inboxes = new Inboxes(meeting.busySpin(), in);
    }

    /** Runs until the gateway has left. */
    RiskResult run() throws InterruptedException {
        try (in) {
            while (!in.isClosed()) {
                inboxes.pollNext();
                if (!in.isReady()) {
                    LockSupport.parkNanos(UNHURRIED_NS); // not before it has all: the gateway may be waiting
                }
            }
            return new RiskResult(executions.totals(), in.sequence());
        }
    }

    private void onRecord(int templateId, RecordView record, DirectBuffer buffer, int offset, int length) {
        executions.onReport(record);
    }
}

package dev.slipring.examples.trading;

import dev.slipring.codec.RecordView;
import dev.slipring.codec.TradingSchema;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.RingConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Takes down executions, as slowly as its disk may be. Nobody waits for it: what is overwritten before it comes to it is lost, and it knows
 * exactly what that was.
 */
final class Recorder implements BroadcastHandler {
    /** Executions between two pauses. */
    private static final int BLOCK = 64;

    private final BroadcastReader reader;
    private final long pauseNs;
    private final RecordView record = new RecordView(TradingSchema.HISTORY);
    private final Executions executions = new Executions();
    private final List<Gap> gaps = new ArrayList<>();

    /** @param pauseMs how long it takes to write a block */
    Recorder(Meeting meeting, Meeting.Pass pass, int pauseMs) {
        reader = meeting.executionsReader(pass);
        pauseNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
    }

    /** Runs until the gateway has left. */
    RecorderResult run() throws InterruptedException {
        try (reader) {
            int outcome = reader.receive(this, BLOCK);
            while (outcome > 0) {
                LockSupport.parkNanos(pauseNs);
                outcome = reader.receive(this, BLOCK);
            }
            if (outcome == RingConsumer.PRODUCER_DEAD) {
                throw new PeerGone("the gateway died");
            }
            return new RecorderResult(executions.totals(), List.copyOf(gaps));
        }
    }

    @Override
    public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        record.wrap(buffer, offset, length);
        executions.onReport(record);
    }

    @Override
    public void onGap(long first, long last) {
        gaps.add(new Gap(first, last));
    }
}

package dev.slipring.perf;

import dev.slipring.perf.candidate.Connection;

/**
 * The near end of a fixed rate: every message has an intended time, carries it, and is sent at that time or, when this end is late, at
 * once. Being late never moves the times that follow, so a stall is charged to every message it delayed.
 */
final class PacedOut implements Task {
    private final Sender sender;
    private final long intervalNs;
    private long last;

    PacedOut(Connection connection, int length, Reading reading, long intervalNs) {
        this.intervalNs = intervalNs;
        sender = new Sender(connection.outlet(), length, reading);
    }

    @Override
    public Round run(long messages, long start) {
        long intended = start;
        for (long left = messages; left > 0; left -= CHUNK) {
            intended = send((int) Math.min(CHUNK, left), intended);
        }
        last = intended - intervalNs;
        return Round.ofNothing(messages);
    }

    @Override
    public void sayRoundIsOver() {
        sender.send(-last);
    }

    private long send(int count, long start) {
        long intended = start;
        for (int i = 0; i < count; i++) {
            while (System.nanoTime() - intended < 0) {
                Thread.onSpinWait();
            }
            sender.send(intended);
            intended += intervalNs;
        }
        return intended;
    }

    @Override
    public void close() {
        sender.close();
    }
}

package dev.slipring.perf;

import dev.slipring.perf.candidate.Connection;

/** The near end of a flood: sends as fast as there is room. */
final class FloodOut implements Task {
    private final Sender sender;
    private long sequence;

    FloodOut(Connection connection, int length, Reading reading) {
        sender = new Sender(connection.outlet(), length, reading);
    }

    @Override
    public Round run(long messages, long unused) {
        for (long left = messages; left > 0; left -= CHUNK) {
            send((int) Math.min(CHUNK, left));
        }
        sender.flush();
        return Round.ofNothing(messages);
    }

    @Override
    public void sayRoundIsOver() {
        sender.send(-sequence);
        sender.flush();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            sender.send(++sequence);
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}

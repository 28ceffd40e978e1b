package dev.slipring.perf;

import dev.slipring.perf.candidate.Connection;

/** The far end of a round trip: answers every message from within the handler, with a message of the same size. */
final class Pong implements Task {
    private final Sender sender;
    private final Echo echo;
    private final Polling questions;

    Pong(Connection connection, int length, Reading reading) {
        sender = new Sender(connection.outlet(), length, reading);
        echo = new Echo(length, reading, sender);
        questions = new Polling(connection.inlet(echo), echo, 1);
    }

    @Override
    public Round run(long messages, long unused) {
        questions.untilInChunks(echo.position() + messages);
        return Round.ofNothing(messages);
    }

    @Override
    public void close() {
        sender.close();
        questions.close();
    }

    private static final class Echo extends Arrivals {
        private final Sender sender;

        Echo(int length, Reading reading, Sender sender) {
            super(length, reading, false, 1);
            this.sender = sender;
            expect(1);
        }

        @Override
        void arrived(long value) {
            sender.send(value);
        }
    }
}

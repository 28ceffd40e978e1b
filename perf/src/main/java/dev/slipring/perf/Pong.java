package dev.slipring.perf;

/** The far end of a round trip: answers every message from within the handler, with a message of the same size. */
final class Pong implements Task {
    private final Sender sender;
    private final Echo echo;
    private final Polling questions;

    Pong(Candidate candidate, Wire there, Wire back, int length, Reading reading) {
        sender = new Sender(candidate.outlet(back), length);
        echo = new Echo(length, reading, sender);
        questions = new Polling(candidate.inlet(there, echo), echo, 1);
    }

    @Override
    public Round run(long messages, long unused) {
        questions.untilInChunks(echo.count() + messages);
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
            super(length, reading, 1);
            this.sender = sender;
            expect(1);
        }

        @Override
        void arrived(long value) {
            sender.send(value);
        }
    }
}

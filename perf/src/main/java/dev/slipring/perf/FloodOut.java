package dev.slipring.perf;

/** The near end of a flood: sends as fast as there is room. */
final class FloodOut implements Task {
    private final Sender sender;
    private long sequence;

    FloodOut(Candidate candidate, Wire there, int length) {
        sender = new Sender(candidate.outlet(there), length);
    }

    @Override
    public Round run(long messages, long unused) {
        for (long left = messages; left > 0; left -= CHUNK) {
            send((int) Math.min(CHUNK, left));
        }
        sender.flush();
        return Round.ofNothing(messages);
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

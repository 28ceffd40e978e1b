package dev.slipring.perf;

import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.Payload;

/** What every loop does to send: claim, or spin until there is room; write the message in place; commit. */
final class Sender implements AutoCloseable {
    private final Outlet outlet;
    private final int length;
    private final int written;

    Sender(Outlet outlet, int length, Reading reading) {
        this.outlet = outlet;
        this.length = length;
        written = reading == Reading.PASSING ? Long.BYTES : length;
    }

    void send(long value) {
        int offset = outlet.claim(length);
        while (offset < 0) {
            Thread.onSpinWait();
            offset = outlet.claim(length);
        }
        Payload.write(outlet.buffer(), offset, written, value);
        outlet.commit();
    }

    void flush() {
        outlet.flush();
    }

    @Override
    public void close() {
        outlet.close();
    }
}

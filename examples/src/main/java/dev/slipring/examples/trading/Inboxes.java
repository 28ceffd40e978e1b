package dev.slipring.examples.trading;

import dev.slipring.core.Spinning;
import dev.slipring.core.WaitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The flows that one process reads from: waits for all of them at once, and reads from those that have something, in turn. */
final class Inboxes {
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final WaitSet<Inbox> open;

    /** @param spinning how it waits before it sleeps */
    Inboxes(Spinning spinning, Inbox... inboxes) {
        open = new WaitSet<>(spinning);
        for (var inbox : inboxes) {
            open.add(inbox);
        }
    }

    /** Waits until one of them has something to deliver, or has come to its end, and lets it. */
    void pollNext() throws InterruptedException {
        var ready = open.next(Long.MAX_VALUE);
        if (ready == null) {
            return;
        }
        int delivered = ready.poll();
        if (ready.isClosed()) {
            open.remove(ready);
        } else if (delivered == 0) {
            LockSupport.parkNanos(RETRY_NS); // its writers have gone, and one is yet to come
        }
    }
}

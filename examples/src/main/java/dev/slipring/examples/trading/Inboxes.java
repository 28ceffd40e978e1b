package dev.slipring.examples.trading;

import dev.slipring.core.Spinning;
import dev.slipring.core.WaitSet;
import dev.slipring.examples.demo.Idle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The flows that one process reads from: waits for all of them at once, and reads from those that have something, in turn.
 *
 * <p>While the flow is hot nobody sleeps so deep that he must be woken: a wake-up costs whoever sends a system call, and brings the
 * scheduler to exchange processes in the middle of the flow. Only after some milliseconds of nothing does it come to that.
 */
final class Inboxes {
    private static final long HOT_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final WaitSet<Inbox> open = new WaitSet<>(Spinning.NONE);
    private final IdleStrategy idle;
    private final long hotNs;

    /** @param busySpin whether it never sleeps */
    Inboxes(boolean busySpin, Inbox... inboxes) {
        idle = Idle.strategy(busySpin);
        hotNs = busySpin ? Long.MAX_VALUE : HOT_NS;
        for (var inbox : inboxes) {
            open.add(inbox);
        }
    }

    /** Waits until one of them has something to deliver, or has come to its end, and lets it. */
    void pollNext() throws InterruptedException {
        var ready = next();
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

    private @Nullable Inbox next() throws InterruptedException {
        var ready = open.next(0);
        if (ready == null) {
            idle.reset();
            long startNs = System.nanoTime();
            while (ready == null && System.nanoTime() - startNs < hotNs) {
                idle.idle();
                ready = open.next(0);
            }
        }
        return ready == null ? open.next(Long.MAX_VALUE) : ready;
    }
}

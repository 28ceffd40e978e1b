package dev.slipring.examples.video;

import dev.slipring.examples.demo.LatencyRecorder;
import dev.slipring.examples.demo.PeerGone;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FrameConsumer;
import dev.slipring.frame.Lease;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What all consumers do with a frame: lease it, inspect it, do their work on it, inspect it once more, give it back. One that may hold
 * several gives back the oldest when it has all of them in hand.
 */
final class Watching {
    private final long restNs;
    private final FrameConsumer consumer;
    private final Inspector inspector = new Inspector();
    private final LatencyRecorder ages = new LatencyRecorder();
    private final ArrayDeque<Lease> held = new ArrayDeque<>();
    private final ArrayDeque<Lease> free = new ArrayDeque<>();
    private long firstNs;
    private long lastNs;

    /** What one of them does. */
    @FunctionalInterface
    interface Work {
        /** Looks at a frame, which nobody changes meanwhile. */
        void look(Lease lease) throws IOException;
    }

    /** Attaches, for one that never rests. */
    Watching(Studio studio, Role role) {
        this(studio, role, 0);
    }

    /**
     * Attaches.
     *
     * @param restNs how long to look away after each frame
     */
    Watching(Studio studio, Role role, long restNs) {
        this.restNs = restNs;
        consumer = studio.consumer(role);
        for (int i = 0; i < role.policy().maxLeases(); i++) {
            free.add(new Lease());
        }
    }

    /** Runs until the camera has left. */
    ConsumerResult run(Work work) throws IOException, InterruptedException {
        var delivery = Delivery.NOTHING;
        while (delivery != Delivery.CLOSED) {
            var lease = Objects.requireNonNull(free.peek());
            delivery = consumer.next(lease, Long.MAX_VALUE);
            if (delivery == Delivery.FRAME) {
                held.add(free.remove());
                look(lease, work);
            } else if (delivery == Delivery.PRODUCER_DEAD) {
                throw new PeerGone("the " + Role.CAMERA + " died");
            }
        }
        while (!held.isEmpty()) {
            giveBackTheOldest();
        }
        long delivered = consumer.delivered();
        double fps = delivered < 2 ? 0 : (delivered - 1) * (double) TimeUnit.SECONDS.toNanos(1) / (lastNs - firstNs);
        return new ConsumerResult(delivered, consumer.dropped(), fps, ages.latency(), inspector.inspections(), inspector.torn(),
            inspector.copiedBytes(), inspector.firstProblem());
    }

    private void look(Lease lease, Work work) throws IOException {
        ages.record(lease.publishedNs());
        lastNs = System.nanoTime();
        firstNs = firstNs == 0 ? lastNs : firstNs;
        inspector.inspect(lease, "when it was leased");
        work.look(lease);
        if (free.isEmpty()) {
            giveBackTheOldest();
        }
        if (restNs > 0) {
            LockSupport.parkNanos(restNs);
        }
    }

    private void giveBackTheOldest() {
        var lease = held.remove();
        inspector.inspect(lease, "when it was given back");
        lease.close();
        free.add(lease);
    }
}

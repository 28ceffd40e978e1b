package dev.slipring.ring;

import dev.slipring.core.Doorbell;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.Region;
import dev.slipring.core.Role;
import dev.slipring.core.Waitable;
import dev.slipring.core.Waiter;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What every reader of a ring does besides reading: wait for messages, and wake who waits for room.
 *
 * @param <H> what it delivers to
 */
abstract sealed class WaitingConsumer<H extends MessageHandler> implements Waitable, AutoCloseable
    permits PollingConsumer, BroadcastCursor {
    final Region region;
    final PeerWatch producers;
    private final Waiter waiter;
    /** Where this consumer sleeps until there is a message. */
    private final @Nullable Doorbell ownBell;
    /** Where producers sleep until there is room. */
    private final @Nullable Doorbell producersBell;

    WaitingConsumer(Region region) {
        this.region = region;
        producers = new PeerWatch(region, Role.PRODUCER);
        waiter = region.waiter(Role.CONSUMER);
        ownBell = region.doorbell(Role.CONSUMER);
        producersBell = region.doorbell(Role.PRODUCER);
    }

    /** See {@link RingConsumer#poll(MessageHandler, int)} and {@link BroadcastReader#poll(BroadcastHandler, int)}. */
    public abstract int poll(H handler, int limit);

    /** See {@link RingConsumer#poll(MessageHandler, int, long)}. */
    public final int poll(H handler, int limit, long timeoutNs) throws InterruptedException {
        int outcome = poll(handler, limit);
        return outcome == RingConsumer.EMPTY ? pollPatiently(handler, limit, timeoutNs, null) : outcome;
    }

    /** See {@link RingConsumer#poll(MessageHandler, int, long, IdleStrategy)}. */
    public final int poll(H handler, int limit, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException {
        int outcome = poll(handler, limit);
        return outcome == RingConsumer.EMPTY ? pollPatiently(handler, limit, timeoutNs, idleStrategy) : outcome;
    }

    private int pollPatiently(H handler, int limit, long timeoutNs, @Nullable IdleStrategy strategy) throws InterruptedException {
        int outcome = RingConsumer.EMPTY;
        waiter.begin(timeoutNs, strategy);
        while (outcome == RingConsumer.EMPTY && waiter.idle()) {
            if (waiter.isTimeToAsk()) {
                hurry();
            }
            outcome = poll(handler, limit);
        }
        return outcome;
    }

    /** To be called after the word was stored that producers go by when they look for room. */
    final void wakeProducers() {
        if (producersBell != null) {
            producersBell.ring();
        }
    }

    @Override
    public void hurry() {
        producers.hurry();
    }

    @Override
    public final @Nullable Doorbell doorbell() {
        return ownBell;
    }

    @Override
    public final void close() {
        region.close();
    }
}

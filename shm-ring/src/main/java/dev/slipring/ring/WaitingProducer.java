package dev.slipring.ring;

import dev.slipring.core.Doorbell;
import dev.slipring.core.OwnCounters;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.Region;
import dev.slipring.core.Role;
import dev.slipring.core.Waiter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** What every producer of a ring does besides sending: wait for room, wake who waits for messages, tell a slow consumer from none. */
abstract sealed class WaitingProducer implements RingProducer permits SpscProducer, MpscProducer, BroadcastProducer {
    final Region region;
    final PeerWatch consumers;
    final OwnCounters counters;
    private final Waiter waiter;
    /** Where the consumer sleeps until there is a message. */
    private final @Nullable Doorbell consumersBell;

    WaitingProducer(Region region) {
        this.region = region;
        consumers = new PeerWatch(region, Role.CONSUMER);
        counters = region.counters();
        waiter = region.waiter(Role.PRODUCER);
        consumersBell = region.doorbell(Role.CONSUMER);
    }

    /** Refused for want of room. */
    final long full(long position) {
        counters.stalled(position);
        return FULL;
    }

    /** To be called after something was published. */
    final void wakeConsumer() {
        if (consumersBell != null) {
            consumersBell.ring();
        }
    }

    @Override
    public final long offer(int type, DirectBuffer source, int offset, int length, long timeoutNs) throws InterruptedException {
        return offerPatiently(type, source, offset, length, timeoutNs, null);
    }

    @Override
    public final long offer(int type, DirectBuffer source, int offset, int length, long timeoutNs, IdleStrategy idleStrategy)
        throws InterruptedException {
        return offerPatiently(type, source, offset, length, timeoutNs, idleStrategy);
    }

    @Override
    public final long tryClaim(int type, int length, Claim claim, long timeoutNs) throws InterruptedException {
        return claimPatiently(type, length, claim, timeoutNs, null);
    }

    @Override
    public final long tryClaim(int type, int length, Claim claim, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException {
        return claimPatiently(type, length, claim, timeoutNs, idleStrategy);
    }

    @Override
    public final void close() {
        region.close();
    }

    private long offerPatiently(int type, DirectBuffer source, int offset, int length, long timeoutNs, @Nullable IdleStrategy strategy)
        throws InterruptedException {
        long outcome = offer(type, source, offset, length);
        if (outcome == FULL) {
            waiter.begin(timeoutNs, strategy);
            while (outcome == FULL && waitsOn()) {
                outcome = offer(type, source, offset, length);
            }
        }
        return outcome;
    }

    private long claimPatiently(int type, int length, Claim claim, long timeoutNs, @Nullable IdleStrategy strategy)
        throws InterruptedException {
        long outcome = tryClaim(type, length, claim);
        if (outcome == FULL) {
            waiter.begin(timeoutNs, strategy);
            while (outcome == FULL && waitsOn()) {
                outcome = tryClaim(type, length, claim);
            }
        }
        return outcome;
    }

    /** See {@link Appender#publishPatiently}. */
    public final long publishPatiently(Batch batch, long timeoutNs) throws InterruptedException {
        long outcome = batch.publish();
        if (outcome == FULL) {
            waiter.begin(timeoutNs, null);
            while (outcome == FULL && waitsOn()) {
                outcome = batch.publish();
            }
        }
        return outcome;
    }

    private boolean waitsOn() throws InterruptedException {
        boolean goesOn = waiter.idle();
        if (waiter.isTimeToAsk()) {
            consumers.hurry();
        }
        return goesOn;
    }
}

package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.Region;
import dev.slipring.core.RegionKind;
import java.util.Objects;

/**
 * Looks along a ring of any kind without taking part: maps everything read-only, is unknown to others, moves no consumer. Of a broadcast
 * ring it is a {@link BroadcastReader}. Of a ring with one consumer it shows what that consumer has not released yet: messages are copied,
 * and delivered only if the consumer had not passed them by then; what it passed meanwhile is told as a gap, exactly.
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: any number. Blocks: never. Allocates: nothing per message or look;
 * one object of 40 bytes each time that the one consumer of its ring has passed it, which tells where to go on.
 */
public interface RingView extends AutoCloseable {
    /** Nobody holds it up. */
    int NOBODY = -1;

    /**
     * Begins to look; throws as {@link Region#watch} does.
     *
     * @param kind  of a ring
     * @param where of a ring with one consumer, {@link JoinAt#oldest} is the first message that is not released
     * @throws IllegalArgumentException when the kind is none of a ring
     */
    static RingView of(String name, RegionKind kind, Attachment attachment, JoinAt where) {
        Objects.requireNonNull(where, "where");
        return switch (kind) {
            case BROADCAST_RING -> BroadcastRing.reader(name, attachment, where);
            case SPSC_RING -> RingOptions.attach(Region.watch(name, kind, attachment), region -> new SpscView(region, where));
            case MPSC_RING -> RingOptions.attach(Region.watch(name, kind, attachment), region -> new MpscView(region, where));
            case SLOT_TABLE, FRAME_POOL -> throw new IllegalArgumentException(kind + " is no ring");
        };
    }

    /**
     * Delivers messages and gaps.
     *
     * <p>A death is noticed by asking the kernel, at most every 10 ms and only after 1024 fruitless polls.
     *
     * @param limit most messages to deliver, 1 or more
     * @return how many were delivered; or {@link RingConsumer#EMPTY}, {@link RingConsumer#CLOSED}, {@link RingConsumer#PRODUCER_DEAD},
     *     {@link RingConsumer#END_OF_STREAM}
     * @throws dev.slipring.core.RegionCorrupt when the ring holds a record that cannot be
     * @throws IllegalStateException           when called by a handler, or when the ring is closed, also by another thread meanwhile
     */
    int poll(BroadcastHandler handler, int limit);

    /** Sequence of the message that a handler was called with; else of the next to be delivered. */
    long sequence();

    /** Where the next message is looked for, in bytes since the beginning of the ring. */
    long position();

    /** The participant slot of the producer that has claimed the next message and not committed it, or {@link #NOBODY}. */
    default int heldUpBy() {
        return NOBODY;
    }

    /** Goes. Idempotent. */
    @Override
    void close();
}

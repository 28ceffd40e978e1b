package dev.slipring.ring;

import dev.slipring.core.Waitable;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/**
 * One of the readers of a broadcast ring, which lose what the producer overwrites before they come to it, and are told exactly which
 * messages those were; or a gated subscriber, for whom the producer waits, and who loses nothing.
 *
 * <p>There are two ways to read. {@link #poll} copies each message, validates the copy and hands it over: a handler never sees what is not
 * whole. {@link #receiveNext} and {@link #validate} read in place, without the copy; what was read counts only once it is validated:
 *
 * <pre>{@code
 * while (reader.receiveNext()) {
 *     long price = reader.buffer().getLong(reader.offset());   // may be torn, until
 *     if (reader.validate()) {                                  // it is known not to be
 *         lost += reader.missed();                              // what was overwritten before it
 *         use(price);
 *     }
 * }
 * }</pre>
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: any number of readers, each unknown to the producer and costing it
 * nothing; at most 63 subscribers and readers that sleep. Blocks: only what has a timeout, or says so. Allocates: nothing.
 */
public interface BroadcastReader extends RingView, Waitable {
    /**
     * Delivers messages and gaps. A message whose handler threw comes again, if the ring still has it.
     *
     * <p>A death is noticed by asking the kernel, at most every 10 ms and only after 1024 fruitless polls.
     *
     * @param limit most messages to deliver, 1 or more
     * @return how many were delivered; or {@link RingConsumer#EMPTY}, {@link RingConsumer#CLOSED}, {@link RingConsumer#PRODUCER_DEAD},
     *     {@link RingConsumer#END_OF_STREAM}
     * @throws dev.slipring.core.RegionCorrupt when the ring holds a record that cannot be
     * @throws IllegalStateException           when called by a handler, or when the ring is closed, also by another thread meanwhile
     */
    @Override
    int poll(BroadcastHandler handler, int limit);

    /**
     * As {@link #poll(BroadcastHandler, int)}, but waits for a message, or for an end, when there is none: spins, then yields, then sleeps
     * if it may, and else naps (see {@link BroadcastRing#parkingReader} and docs/waiting.md). A sleeper is woken by the next message and
     * by an orderly end; a death is noticed within 100 ms of the kernel's word.
     *
     * @param timeoutNs how long to wait, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return as there; {@link RingConsumer#EMPTY} when the time was up
     * @throws InterruptedException when the thread was interrupted, before or while it waited; noticed within 50 ms. Nothing was delivered.
     *                              Who need not wait is given his messages and stays interrupted
     */
    int poll(BroadcastHandler handler, int limit, long timeoutNs) throws InterruptedException;

    /** As {@link #poll(BroadcastHandler, int, long)}, but lets the strategy pass the time between two looks. It never sleeps on its own. */
    int poll(BroadcastHandler handler, int limit, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException;

    /** As {@link #poll(BroadcastHandler, int, long)}, for as long as it takes; never returns {@link RingConsumer#EMPTY}. */
    default int receive(BroadcastHandler handler, int limit) throws InterruptedException {
        return poll(handler, limit, Long.MAX_VALUE);
    }

    /**
     * Goes to the next message. What {@link #type}, {@link #offset}, {@link #length} and {@link #sequence} say, and what the buffer holds
     * there, is to be believed only when {@link #validate} says so afterwards; but the range lies within the buffer always.
     *
     * @return whether there is one; when not, {@link #poll} would say why, and a {@link dev.slipring.core.WaitSet} waits for it
     */
    boolean receiveNext();

    /**
     * Whether everything read of the message that {@link #receiveNext} went to was whole. Then it counts as delivered; when not, or when
     * this is not called, it counts as lost, and is part of what the next one {@link #missed}.
     */
    boolean validate();

    /** Type of the message that {@link #receiveNext} went to. */
    int type();

    /** The data area of the ring, mapped read-only: a store kills the JVM. */
    DirectBuffer buffer();

    /** Where in the buffer the message starts that {@link #receiveNext} went to. */
    int offset();

    /** Bytes of the message that {@link #receiveNext} went to. */
    int length();

    /** Sequence of the message that a handler was called with, or {@link #receiveNext} went to; else of the next to be delivered. */
    @Override
    long sequence();

    /** How many messages were lost right before the one that was validated last: those before its {@link #sequence}. */
    long missed();

    /** Where the next message is looked for, in bytes since the beginning of the ring. */
    @Override
    long position();

    /** Goes. A subscriber leaves in order. Idempotent. */
    @Override
    void close();
}

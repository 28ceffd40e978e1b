package dev.slipring.ring;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/**
 * The writing side of a ring.
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: as many as the kind of ring allows, each under the kernel's lock.
 * Blocks: only what has a timeout. Allocates: nothing. Loses: nothing, whoever dies; a message that was not yet committed when its
 * producer died vanishes.
 */
public interface RingProducer extends MessageSink, AutoCloseable {
    /**
     * Begins a batch: what is offered or claimed through it becomes visible at once when it is published. Faster than one by one, as the
     * processors exchange cache lines once per batch.
     *
     * @throws IllegalStateException when a batch or a claim is open, or the ring is closed
     */
    Batch batch();

    /**
     * As {@link #offer(int, DirectBuffer, int, int)}, but waits for room when there is none: spins, then yields, then sleeps (see
     * {@link dev.slipring.core.Spinning} and docs/waiting.md). A sleeper is woken when the consumer gives back space, or leaves; its death
     * is noticed within 100 ms of the kernel's word.
     *
     * @param timeoutNs how long to wait, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return as there; {@link #FULL} when the time was up
     * @throws InterruptedException when the thread was interrupted, before or while it waited; noticed within 50 ms. Nothing was sent. Who
     *                              need not wait stays interrupted
     */
    long offer(int type, DirectBuffer source, int offset, int length, long timeoutNs) throws InterruptedException;

    /** As {@link #offer(int, DirectBuffer, int, int, long)}, but lets the strategy pass the time between two tries. */
    long offer(int type, DirectBuffer source, int offset, int length, long timeoutNs, IdleStrategy idleStrategy)
        throws InterruptedException;

    /** As {@link #tryClaim(int, int, Claim)}, but waits for room as {@link #offer(int, DirectBuffer, int, int, long)} does. */
    long tryClaim(int type, int length, Claim claim, long timeoutNs) throws InterruptedException;

    /** As {@link #tryClaim(int, int, Claim, long)}, but lets the strategy pass the time between two tries. */
    long tryClaim(int type, int length, Claim claim, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException;

    /**
     * Ends the stream for good: what was sent before is still delivered, then consumers are told {@link RingConsumer#END_OF_STREAM}, now
     * and ever, and producers {@link #SEALED}. To leave and let others go on, {@link #close()}.
     *
     * @return the position of the end; {@link #SEALED} when it was sealed before; of many producers also {@link #FULL} or
     *     {@link #NO_CONSUMER}: then nothing has changed
     * @throws IllegalStateException when a batch or a claim is open, or the ring is closed
     */
    long seal();

    /** End of what is published, in bytes since the beginning of the ring; of many producers: of what this one has. */
    long position();

    /** How many messages the ring has been given, by this producer and those before it; of many producers: by this one. */
    long sequence();

    /** Leaves in order. An open claim or batch is given up. Idempotent. */
    @Override
    void close();
}

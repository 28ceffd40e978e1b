package dev.slipring.ring;

import dev.slipring.core.Waitable;
import org.agrona.concurrent.IdleStrategy;

/**
 * The reading side of a ring.
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: one consumer, under the kernel's lock. Blocks: only what has a
 * timeout, or says so. Allocates: nothing. Loses: nothing; a consumer that takes over from a dead one begins at the last released position,
 * so what was delivered but not released comes again (at least once).
 */
public interface RingConsumer extends Waitable, AutoCloseable {
    /** Nothing to deliver now: a producer lives and is silent, or none came yet. */
    int EMPTY = 0;

    /** Nothing to deliver, no producer lives, and the last of them left in order. A new producer reopens the flow. */
    int CLOSED = -1;

    /**
     * Nothing to deliver, no producer lives, and of those who lived last (since there was none before) one died. A new producer reopens
     * the flow, and how it ends is then what counts.
     */
    int PRODUCER_DEAD = -2;

    /** Nothing to deliver, and there never will be: the stream was sealed. */
    int END_OF_STREAM = -3;

    /**
     * Delivers messages, and then releases their space: at the end, and in between whenever the configured number of bytes was read.
     *
     * <p>A death is noticed by asking the kernel, at most every 10 ms and only after 1024 fruitless polls.
     *
     * @param limit most messages to deliver, 1 or more
     * @return how many were delivered; or {@link #EMPTY}, {@link #CLOSED}, {@link #PRODUCER_DEAD}, {@link #END_OF_STREAM}
     * @throws dev.slipring.core.RegionCorrupt when the ring holds a record that cannot be
     * @throws IllegalStateException           when called by a handler, or when the ring is closed, also by another thread meanwhile
     */
    int poll(MessageHandler handler, int limit);

    /**
     * As {@link #poll(MessageHandler, int)}, but waits for a message, or for an end, when there is none: spins, then yields, then sleeps
     * (see {@link dev.slipring.core.Spinning} and docs/waiting.md). A sleeper is woken by the next message and by an orderly end; a
     * death is noticed within 100 ms of the kernel's word.
     *
     * @param timeoutNs how long to wait, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return as there; {@link #EMPTY} when the time was up
     * @throws InterruptedException when the thread was interrupted, before or while it waited; noticed within 50 ms. Nothing was consumed.
     *                              Who need not wait is given his messages and stays interrupted
     */
    int poll(MessageHandler handler, int limit, long timeoutNs) throws InterruptedException;

    /** As {@link #poll(MessageHandler, int, long)}, but lets the strategy pass the time between two looks. It never sleeps on its own. */
    int poll(MessageHandler handler, int limit, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException;

    /** As {@link #poll(MessageHandler, int, long)}, for as long as it takes; never returns {@link #EMPTY}. */
    default int receive(MessageHandler handler, int limit) throws InterruptedException {
        return poll(handler, limit, Long.MAX_VALUE);
    }

    /**
     * As {@link #poll}, with the handler saying after each message how to go on. There is none that waits, as nothing delivered may also
     * mean that the handler said ABORT: wait in a {@link dev.slipring.core.WaitSet}.
     */
    int controlledPoll(ControlledMessageHandler handler, int limit);

    /** As {@link #poll}, but consumes nothing: the same messages come again. */
    int peek(MessageHandler handler, int limit);

    /** Where the next message starts, in bytes since the beginning of the ring; inside a handler: where this message starts. */
    long position();

    /** Sequence of the next message, counted from 0; inside a handler: of this message. */
    long sequence();

    /** Leaves in order. What was delivered by finished polls is released. Idempotent. */
    @Override
    void close();
}

package dev.slipring.transport;

import dev.slipring.core.Waitable;

/**
 * The receiving side of a flow of messages. It is waited for in a {@link dev.slipring.core.WaitSet}, alone or with others: a ring with
 * parking wakes who sleeps there, and where one of them is none the set naps, up to 1 ms at a time.
 *
 * <p>Threads: one at a time; any may {@link #close()}. Blocks: never. Allocates: nothing, once the longest message in pieces was seen.
 */
public interface Subscription extends Waitable, AutoCloseable {
    /** Nothing to deliver now: a publisher lives and is silent, or none came yet. */
    int EMPTY = 0;

    /**
     * Nothing to deliver and no publisher lives; the last left in order (see {@link Capability#NAMES_DEATH}). A new publisher reopens the
     * flow. Also after this subscription was closed.
     */
    int CLOSED = -1;

    /**
     * Nothing to deliver and no publisher lives; the last did not leave in order. Which deaths are seen, and how soon, differs: see
     * {@link Capability#NAMES_DEATH}. A new publisher reopens the flow.
     */
    int PUBLISHER_DEAD = -2;

    /**
     * Delivers messages. An exception of the handler comes out of this method, and that message comes again with the next poll.
     *
     * @param limit most messages to deliver, 1 or more
     * @return how many were delivered; or {@link #EMPTY}, {@link #CLOSED}, {@link #PUBLISHER_DEAD}
     * @throws IllegalStateException when called by a handler
     * @throws TransportException    when there is nothing to receive from any more
     */
    int poll(MessageHandler handler, int limit);

    /** Whether a publisher lives. Asks the kernel when this is a ring: not for every poll. */
    boolean isConnected();

    /** End of the message delivered last, in the positions of its publisher; outside of handlers. */
    long position();

    /** Whether {@link #close()} was called. */
    boolean isClosed();

    /** Leaves in order. Idempotent. */
    @Override
    void close();
}

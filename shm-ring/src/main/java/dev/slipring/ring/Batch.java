package dev.slipring.ring;

/**
 * Messages that become visible together. To be used as a resource: leaving without {@link #publish()} discards them.
 *
 * <p>Not a transaction across a crash of the consumer, but across one of the producer: killed before the publish, none of them was sent;
 * killed after it, all of them.
 */
public interface Batch extends MessageSink, AutoCloseable {
    /**
     * Makes everything in the batch visible; the batch stays open and empty.
     *
     * @return the position behind its last message; of many producers also {@link #FULL}, {@link #NO_CONSUMER} or {@link #SEALED}:
     *     then nothing was published, and the batch is as before
     */
    long publish();

    /**
     * As {@link #publish()}, but waits for room when it is refused with {@link #FULL}, as {@link RingProducer#offer(int,
     * org.agrona.DirectBuffer, int, int, long)} does. What is put into a batch cannot wait for room: nobody reads what is not published.
     *
     * @param timeoutNs how long to wait, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @throws InterruptedException when the thread was interrupted while it waited, or before; the batch is as it was
     */
    long publish(long timeoutNs) throws InterruptedException;

    /** Discards what was not published, and ends the batch. */
    @Override
    void close();
}

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

    /** Discards what was not published, and ends the batch. */
    @Override
    void close();
}

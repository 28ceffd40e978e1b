package dev.slipring.ring;

/**
 * The writing side of a ring.
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: as many as the kind of ring allows, each under the kernel's lock.
 * Blocks: never. Allocates: nothing. Loses: nothing, whoever dies; a message that was not yet committed when its producer died vanishes.
 */
public interface RingProducer extends MessageSink, AutoCloseable {
    /**
     * Begins a batch: what is offered or claimed through it becomes visible at once when it is published. Faster than one by one, as the
     * processors exchange cache lines once per batch.
     *
     * @throws IllegalStateException when a batch or a claim is open, or the ring is closed
     */
    Batch batch();

    /** End of what is published, in bytes since the beginning of the ring; of many producers: of what this one has. */
    long position();

    /** How many messages the ring has been given, by this producer and those before it; of many producers: by this one. */
    long sequence();

    /** Leaves in order. An open claim or batch is given up. Idempotent. */
    @Override
    void close();
}

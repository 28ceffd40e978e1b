package dev.slipring.frame;

import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;

/**
 * Looks on at how many frames a pool has been given: maps everything read-only, and is unknown to others.
 *
 * <p>Threads: one; any may {@link #close()}. Processes: any number. Blocks: never. Allocates: nothing.
 */
public final class FrameCounter implements AutoCloseable {
    private final Region region;
    private final ReadMemory words;

    FrameCounter(Pool pool) {
        region = pool.region();
        words = pool.producerWords();
    }

    /**
     * How many frames were published, by all producers.
     *
     * @throws IllegalStateException when this is closed
     */
    public long published() {
        try {
            long published = words.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET); // pairs with: FrameProducer.publish
            region.checkOpen(); // after the load: a closed region reads as zeros
            return published;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** Goes. Idempotent. */
    @Override
    public void close() {
        region.close();
    }
}

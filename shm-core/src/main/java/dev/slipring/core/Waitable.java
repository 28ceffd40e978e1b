package dev.slipring.core;

import org.jspecify.annotations.Nullable;

/**
 * What one can wait for in a {@link WaitSet}.
 *
 * <p>Threads: the one that owns it; {@link #doorbell} any. Blocks: never. Allocates: nothing.
 */
public interface Waitable {
    /** Whether its owner would be told something else than "nothing yet": that there is something, or an end. Takes nothing. */
    boolean isReady();

    /** Time has passed since the last look: the next one that finds nothing may ask the kernel who lives. */
    void hurry();

    /** What wakes its owner; null when nothing does. Always the same. */
    @Nullable Doorbell doorbell();
}

package dev.slipring.perf.candidate;

/** The receiving end of a candidate; it was given its {@link Receiver} when it was made. */
public interface Inlet extends AutoCloseable {
    /** Hands up to {@code limit} messages to the receiver, which counts them. A candidate that blocks waits for the first. */
    void poll(int limit);

    @Override
    default void close() {
        // what is only mapped goes with the process
    }
}

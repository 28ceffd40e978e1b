package dev.slipring.perf;

/** The receiving end of a candidate; it was given its {@link Receiver} when it was made. */
interface Inlet extends AutoCloseable {
    /** Hands up to {@code limit} messages to the receiver, which counts them. */
    void poll(int limit);

    @Override
    void close();
}

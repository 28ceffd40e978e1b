package dev.slipring.transport;

import org.agrona.MutableDirectBuffer;

/**
 * Room for a message, to be written in place and then committed. To be used as a resource: leaving without commit aborts.
 *
 * <pre>{@code
 * if (publication.tryClaim(LENGTH, claim) >= 0) {
 *     try (claim) {
 *         encoder.wrap(claim.buffer(), 0).price(42);
 *         claim.commit();
 *     }
 * }
 * }</pre>
 */
public interface Claim extends AutoCloseable {
    /** The room, from 0 to {@link #length()}; nothing outside it can be reached. Its content is undefined until it is written. */
    MutableDirectBuffer buffer();

    /** Bytes that were claimed. */
    int length();

    /** Sends the message; an {@link IllegalStateException} when the claim is not open. */
    void commit();

    /** Gives the room back; nothing was sent. An {@link IllegalStateException} when the claim is not open. */
    void abort();

    /** Aborts when the claim is still open. */
    @Override
    void close();
}

package dev.slipring.transport;

import java.util.Set;

/** One way to carry messages, within one {@link Transport}: what a URI of its kind means. */
interface Scheme extends AutoCloseable {
    /** See {@link Transport#capabilities}. */
    Set<Capability> capabilities(TransportUri uri);

    /** Throws {@link IllegalArgumentException} for parameters that it does not know or cannot take. */
    void check(TransportUri uri);

    /** See {@link Transport#provide}. */
    void provide(TransportUri uri);

    /** See {@link Transport#publication}. */
    Publication publication(TransportUri uri);

    /** See {@link Transport#subscription}. */
    Subscription subscription(TransportUri uri);

    /** See {@link Transport#remove}. */
    boolean remove(TransportUri uri);

    /** When all that it opened is closed. */
    @Override
    void close();
}

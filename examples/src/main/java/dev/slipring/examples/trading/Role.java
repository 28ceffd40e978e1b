package dev.slipring.examples.trading;

import java.util.Locale;

/** The three processes. */
enum Role {
    /** {@link FeedHandler}. */
    FEED,
    /** {@link Strategy}. */
    STRATEGY,
    /** {@link Gateway}. */
    GATEWAY;

    /** As people and command lines say it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

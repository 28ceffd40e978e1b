package dev.slipring.examples.trading;

import java.util.Locale;

/** The six processes. */
enum Role {
    /** {@link FeedHandler} of {@link Line#A}. */
    FEED_A,
    /** {@link FeedHandler} of {@link Line#B}. */
    FEED_B,
    /** {@link Strategy}. */
    STRATEGY,
    /** {@link Gateway}. */
    GATEWAY,
    /** {@link RiskMonitor}. */
    RISK,
    /** {@link Recorder}. */
    RECORDER;

    /** One line carries what the other carries: while one lives, the other may die. */
    boolean isFeed() {
        return this == FEED_A || this == FEED_B;
    }

    /** The feed handler of the other line. */
    Role otherFeed() {
        return this == FEED_A ? FEED_B : FEED_A;
    }

    /** As people and command lines say it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

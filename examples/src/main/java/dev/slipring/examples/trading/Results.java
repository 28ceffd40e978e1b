package dev.slipring.examples.trading;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the processes say of themselves.
 *
 * @param feedA null when it was killed in the middle; then there is the other
 * @param feedB likewise
 */
record Results(@Nullable FeedResult feedA, @Nullable FeedResult feedB, StrategyResult strategy, GatewayResult gateway, RiskResult risk,
    RecorderResult recorder) {

    /** Trades that a feed handler has sent, by the one that has sent more. */
    int sent() {
        return Math.toIntExact(Stream.of(feedA, feedB).filter(Objects::nonNull).mapToLong(feed -> feed.trades().count()).max().orElse(0));
    }
}

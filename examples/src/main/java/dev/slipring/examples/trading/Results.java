package dev.slipring.examples.trading;

import org.jspecify.annotations.Nullable;

/**
 * What the processes say of themselves.
 *
 * @param feedA null when it was killed in the middle; then there is the other
 * @param feedB likewise
 */
record Results(@Nullable FeedResult feedA, @Nullable FeedResult feedB, StrategyResult strategy, GatewayResult gateway, RiskResult risk,
    RecorderResult recorder) {
}

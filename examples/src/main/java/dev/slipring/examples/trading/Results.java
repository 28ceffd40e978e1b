package dev.slipring.examples.trading;

/** What the three processes say of themselves. */
record Results(FeedResult feed, StrategyResult strategy, GatewayResult gateway) {
}

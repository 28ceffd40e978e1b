/**
 * The trading pipeline: two feed handlers, a strategy, a gateway, a risk monitor and a recorder in six processes, with rings between them,
 * and a coordinator that starts them and compares what they did with a direct computation.
 *
 * <pre>
 *   FeedHandler A --.
 *                   +-trades--> Strategy --orders (trades and orders, interleaved)--> Gateway --executions--.--> RiskMonitor
 *   FeedHandler B --'              ^------------------------- reports ------------------'                   '--> Recorder
 * </pre>
 */
@NullMarked
package dev.slipring.examples.trading;

import org.jspecify.annotations.NullMarked;

/**
 * The trading pipeline: feed handler, strategy and gateway in three processes, with rings between them, and a coordinator that starts
 * them and compares what they did with a direct computation.
 *
 * <pre>
 *   FeedHandler --trades--> Strategy --orders (trades and orders, interleaved)--> Gateway
 *                              ^------------------------- reports ------------------'
 * </pre>
 */
@NullMarked
package dev.slipring.examples.trading;

import org.jspecify.annotations.NullMarked;

/** Tests of the trading pipeline. */
@NullMarked
package dev.slipring.examples.trading;

import org.jspecify.annotations.NullMarked;

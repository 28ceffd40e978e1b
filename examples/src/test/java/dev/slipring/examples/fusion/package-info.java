/** Tests of the sensor fusion. */
@NullMarked
package dev.slipring.examples.fusion;

import org.jspecify.annotations.NullMarked;

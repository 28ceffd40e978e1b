/** Tests of the frame pool. */
@NullMarked
package dev.slipring.frame;

import org.jspecify.annotations.NullMarked;

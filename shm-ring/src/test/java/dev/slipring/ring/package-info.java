/** Tests of the rings. */
@NullMarked
package dev.slipring.ring;

import org.jspecify.annotations.NullMarked;

/** Tests of the codec room. Seeds are printed and can be replayed: {@code -Dslipring.seed=N}. */
@NullMarked
package dev.slipring.codec;

import org.jspecify.annotations.NullMarked;

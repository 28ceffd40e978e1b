/** Memories that give less than was asked for, to see tests fail that would otherwise prove nothing. */
@NullMarked
package dev.slipring.core.weak;

import org.jspecify.annotations.NullMarked;

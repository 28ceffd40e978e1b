/** Tests of the house as a whole; they stand in the last room, which is built when all others are. */
@NullMarked
package dev.slipring.architecture;

import org.jspecify.annotations.NullMarked;

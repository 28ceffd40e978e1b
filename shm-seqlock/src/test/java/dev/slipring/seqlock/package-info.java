/** Slots and their tables, alive and dead. */
@NullMarked
package dev.slipring.seqlock;

import org.jspecify.annotations.NullMarked;

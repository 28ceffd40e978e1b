/**
 * Rings under Lincheck, which interleaves their accesses to a ticking memory and compares the results with those of a sequential ring; see
 * docs/memory-model.md.
 */
@NullMarked
package dev.slipring.ring.interleaving;

import org.jspecify.annotations.NullMarked;

/**
 * Tests that jcstress runs a million times over: each race of a ring or of the memory seam, and controls in which the order is broken
 * on purpose. {@code StressIT} runs a short slice and judges it; see docs/memory-model.md.
 */
@NullMarked
package dev.slipring.ring.stress;

import org.jspecify.annotations.NullMarked;

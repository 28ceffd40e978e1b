/**
 * Tests that jcstress runs a million times over: a reader of a slot against its writer, and controls in which a rule is broken on purpose.
 * {@code StressIT} runs a short slice and judges it; see docs/memory-model.md.
 */
@NullMarked
package dev.slipring.seqlock.stress;

import org.jspecify.annotations.NullMarked;

/**
 * Measuring between processes: the same loops over ours and over others, in resident pairs of JVMs, with rounds interleaved so that a
 * noisy machine is as noisy for both sides of a ratio.
 */
@NullMarked
package dev.slipring.perf;

import org.jspecify.annotations.NullMarked;

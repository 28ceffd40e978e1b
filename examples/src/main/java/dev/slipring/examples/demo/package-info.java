/**
 * What the demos have in common: a {@link dev.slipring.examples.demo.Crew} of processes and its
 * {@link dev.slipring.examples.demo.LifeCycle}, what each of them says to the coordinator ({@link dev.slipring.examples.demo.Member}), how
 * it idles, paces and reports.
 */
@NullMarked
package dev.slipring.examples.demo;

import org.jspecify.annotations.NullMarked;

/** What can be run to see Slipring at work: {@code slipring demo}. Nothing depends on it. */
@NullMarked
package dev.slipring.examples;

import org.jspecify.annotations.NullMarked;

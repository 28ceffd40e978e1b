/** What jcstress tests of all rooms share: memory for millions of trials, and a suite that runs and judges them. */
@NullMarked
package dev.slipring.core.stress;

import org.jspecify.annotations.NullMarked;

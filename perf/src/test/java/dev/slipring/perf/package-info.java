/** Tests of the rig: that it measures at all, and leaves nothing behind. No test here looks at how fast anything is. */
@NullMarked
package dev.slipring.perf;

import org.jspecify.annotations.NullMarked;

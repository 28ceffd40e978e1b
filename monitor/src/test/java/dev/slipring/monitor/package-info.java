/** Tests of the snapshots and of their views. */
@NullMarked
package dev.slipring.monitor;

import org.jspecify.annotations.NullMarked;

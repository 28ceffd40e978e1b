/**
 * Seqlock slots: the newest value between processes, with what belongs to it, never torn and never waited for. Whoever dies, at whatever
 * instruction, leaves the last good value readable.
 */
@NullMarked
package dev.slipring.seqlock;

import org.jspecify.annotations.NullMarked;

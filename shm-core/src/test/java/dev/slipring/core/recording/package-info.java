/** A memory that writes down every access and its ordering, so that a missing fence fails a test on any processor. */
@NullMarked
package dev.slipring.core.recording;

import org.jspecify.annotations.NullMarked;

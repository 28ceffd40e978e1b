/** What is compared: a class each, with only the few lines in which it differs from the others. */
@NullMarked
package dev.slipring.perf.peers;

import org.jspecify.annotations.NullMarked;

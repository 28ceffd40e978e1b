/** Memories that misbehave on purpose, for the tests of this room and of those above it. */
@NullMarked
package dev.slipring.core.fault;

import org.jspecify.annotations.NullMarked;

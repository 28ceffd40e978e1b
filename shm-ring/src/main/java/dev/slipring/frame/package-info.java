/**
 * Large frames between processes without a copy: a pool of them in a mapped file, lent to one producer and leased to any number of
 * consumers. Whoever dies with a frame in hand gives it back as soon as the kernel lets go of him.
 */
@NullMarked
package dev.slipring.frame;

import org.jspecify.annotations.NullMarked;

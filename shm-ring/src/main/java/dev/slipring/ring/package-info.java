/**
 * Rings: messages between processes, every one once and in order, through a mapped file and without a broker. Whoever dies, at whatever
 * instruction, takes nobody with it.
 */
@NullMarked
package dev.slipring.ring;

import org.jspecify.annotations.NullMarked;

/**
 * Messages: the trading schema, what the generator makes of it (package {@code dev.slipring.codec.trading}), and decoding that cannot
 * leave its record. Knows Agrona only; the generator is needed by the build alone.
 */
@NullMarked
package dev.slipring.codec;

import org.jspecify.annotations.NullMarked;

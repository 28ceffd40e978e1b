package dev.slipring.examples.fusion;

/**
 * What the logger did.
 *
 * @param logRing messages taken out
 */
record LoggerResult(long logRing) {
}

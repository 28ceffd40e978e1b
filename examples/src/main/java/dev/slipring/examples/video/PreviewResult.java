package dev.slipring.examples.video;

/**
 * What the preview did.
 *
 * @param seen   as every consumer
 * @param served frames that a browser fetched
 */
record PreviewResult(ConsumerResult seen, long served) {
}

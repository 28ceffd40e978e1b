package dev.slipring.examples.video;

/**
 * What the snapshot process did.
 *
 * @param seen     as every consumer
 * @param pictures written
 * @param number   of the frame that is in the file
 */
record SnapshotResult(ConsumerResult seen, long pictures, long number) {
}

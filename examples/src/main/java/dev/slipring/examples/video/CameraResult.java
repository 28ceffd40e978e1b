package dev.slipring.examples.video;

import dev.slipring.examples.demo.Latency;

/**
 * What the camera did.
 *
 * @param published        frames
 * @param seconds          it took
 * @param waits            frames for which there was none to write to at first
 * @param waitedNs         for these, in all
 * @param captureToPublish ns from when a frame was due until it was there for others: what drawing and stamping took
 */
record CameraResult(long published, double seconds, long waits, long waitedNs, Latency captureToPublish) {
}

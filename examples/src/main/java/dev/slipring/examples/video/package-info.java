/**
 * Video: a camera's frames in a pool, and up to five processes that look at them where they lie. Every consumer inspects every frame that
 * it leases, first when it gets it and last when it gives it back.
 *
 * <pre>
 *                                       .--> Analyser       every frame: luma, motion
 *   Camera (TestPattern, or ffmpeg) --> pool --> Watching   the viewer: holds three; the one to be killed
 *                                       +--> SnapshotTaker  the newest, now and then: PNG
 *                                       +--> Recorder       every frame, and the camera waits for it: Y4M
 *                                       '--> Preview        the newest, in the browser
 * </pre>
 */
@NullMarked
package dev.slipring.examples.video;

import org.jspecify.annotations.NullMarked;

package dev.slipring.examples.video;

import dev.slipring.examples.demo.Latency;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer saw.
 *
 * @param delivered    frames
 * @param dropped      frames that it was told it lost
 * @param fps          delivered a second
 * @param age          ns from when a frame was published until it was leased
 * @param inspections  of whole frames: one when it was leased, one when it was given back
 * @param torn         inspections in which something was wrong
 * @param copiedBytes  of frames that lay elsewhere than their camera wrote them
 * @param firstProblem what was wrong, in words; null when nothing was
 */
record ConsumerResult(long delivered, long dropped, double fps, Latency age, long inspections, long torn, long copiedBytes,
    @Nullable String firstProblem) {
}

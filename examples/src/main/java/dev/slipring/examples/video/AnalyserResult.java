package dev.slipring.examples.video;

import java.util.List;

/**
 * What the analyser found.
 *
 * @param seen        as every consumer
 * @param histogram   how many samples of luma were in each sixteenth of its range, over all frames
 * @param motion      how much a sample differs from that in the frame before: the mean over all samples and frames, 0…255
 * @param leastMotion the mean of the frame in which it was least
 */
record AnalyserResult(ConsumerResult seen, List<Long> histogram, double motion, double leastMotion) {
}

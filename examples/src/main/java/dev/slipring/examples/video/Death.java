package dev.slipring.examples.video;

/**
 * What became of a viewer that was killed, as one sees it who takes no part.
 *
 * @param held      frames that it had in hand when the signal was sent
 * @param leftOver  frames that only the dead still have; 0 when all came back
 * @param backMs    from the signal until they were back, milliseconds
 * @param published frames before the signal
 */
record Death(int held, int leftOver, double backMs, long published) {
}

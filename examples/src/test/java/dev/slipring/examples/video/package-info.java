/** Tests of the video example. */
@NullMarked
package dev.slipring.examples.video;

import org.jspecify.annotations.NullMarked;

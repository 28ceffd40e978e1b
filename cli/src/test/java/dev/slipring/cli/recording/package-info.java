/** Tests of the file of a recording, sound and damaged. */
@NullMarked
package dev.slipring.cli.recording;

import org.jspecify.annotations.NullMarked;

/** Tests of the converter. */
@NullMarked
package dev.slipring.examples.fusion.gpmf;

import org.jspecify.annotations.NullMarked;

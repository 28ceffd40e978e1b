/**
 * How the readings came out of the camera's file: a reader of GPMF, GoPro's format for telemetry, and the converter to CSV. Was run once;
 * no demo needs it.
 */
@NullMarked
package dev.slipring.examples.fusion.gpmf;

import org.jspecify.annotations.NullMarked;

/**
 * The verbs of the {@code slipring} command, which look into regions from outside, on a live, a stuck or a dead system, without disturbing
 * it. One class per verb; {@link dev.slipring.cli.Regions} is where regions are opened, {@link dev.slipring.cli.text.Output} where text and
 * JSON are printed. Each verb takes a snapshot and prints it, so {@code --json} says the same as the text. Nothing depends on it.
 */
@NullMarked
package dev.slipring.cli;

import org.jspecify.annotations.NullMarked;

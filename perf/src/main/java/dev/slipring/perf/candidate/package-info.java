/** What the rig asks of anything it compares, and what several of them are made with. Knows neither the rig nor who is compared. */
@NullMarked
package dev.slipring.perf.candidate;

import org.jspecify.annotations.NullMarked;

package dev.slipring.perf;

import java.util.List;

/** What became of all candidates in one mode at one size: each is in one of the two. */
record Outcome(List<Series> series, List<Absence> absences) {
}

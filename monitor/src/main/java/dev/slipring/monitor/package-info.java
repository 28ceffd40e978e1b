/**
 * What regions count, for whoever watches over them: a {@link dev.slipring.monitor.RegionSnapshot} of each, taken from outside, and the
 * same as a JMX bean ({@link dev.slipring.monitor.RegionMetrics}), as JFR events ({@link dev.slipring.monitor.RegionEvents}) and as
 * Prometheus text ({@link dev.slipring.monitor.PrometheusText}). The regions' own words are the one source; nobody who takes part in a
 * region does anything for it, or can tell. Needs nothing but the JDK, so any JVM can have it.
 */
@NullMarked
package dev.slipring.monitor;

import org.jspecify.annotations.NullMarked;

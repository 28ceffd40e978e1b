package dev.slipring.examples.demo;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A distribution of delays, in nanoseconds. */
public record Latency(long count, long min, long p50, long p90, long p99, @JsonProperty("p99.9") long p999, long max) {
}

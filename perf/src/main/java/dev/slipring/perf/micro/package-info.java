/** Benchmarks within one process (JMH): what an operation costs when no other processor wants the cache line. */
@NullMarked
package dev.slipring.perf.micro;

import org.jspecify.annotations.NullMarked;

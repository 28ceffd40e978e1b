package dev.slipring.examples.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run took of the machine's processors, by the kernel's word, in steps of 10 ms.
 *
 * @param seconds      of each process, all its threads, from when it was told to go until it had its result
 * @param overSeconds  of the clock, by the process that took longest
 * @param percentOfOne all of them together, of one processor in that time
 */
public record ProcessorTime(Map<String, Double> seconds, double overSeconds, double percentOfOne) {
    private static final double NS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    /**
     * Of one process, in nanoseconds.
     *
     * @param processorNs of processors
     * @param clockNs     of the clock
     */
    record Used(long processorNs, long clockNs) {
        /** Since this process has begun; null when the kernel does not say. */
        static @Nullable Used now() {
            return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos)
                .map(processor -> new Used(processor, System.nanoTime())).orElse(null);
        }

        Used since(Used before) {
            return new Used(processorNs - before.processorNs, clockNs - before.clockNs);
        }
    }

    /** Null when nobody has said anything. */
    static @Nullable ProcessorTime of(Map<? extends Enum<?>, Used> used) {
        if (used.isEmpty()) {
            return null;
        }
        var seconds = new TreeMap<String, Double>();
        used.forEach((role, its) -> seconds.put(role.toString(), its.processorNs / NS_PER_SECOND));
        double over = used.values().stream().mapToLong(Used::clockNs).max().orElseThrow() / NS_PER_SECOND;
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        return new ProcessorTime(seconds, over, PERCENT * all / over);
    }

    /** For people, on one line. */
    @Override
    public String toString() {
        return seconds.entrySet().stream().map(each -> String.format(Locale.ROOT, "%s %.2f", each.getKey(), each.getValue()))
            .collect(Collectors.joining(", ")) + String.format(Locale.ROOT, " s; together %.1f %% of one processor over %.1f s",
            percentOfOne, overSeconds);
    }
}

package dev.slipring.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured; numbers without it mean nothing.
 *
 * @param cpu     model
 * @param cores   processors this JVM may use
 * @param kernel  release
 * @param jdk     name and version
 * @param pinning where the workers ran
 * @param clockNs one reading of the clock, which every timed latency includes
 * @param load    the one-minute load average when the run began; the rig itself makes two
 */
record Hardware(String cpu, int cores, String kernel, String jdk, String pinning, double clockNs, String load) {
    private static final int CLOCK_READS = 1_000_000;

    static Hardware here(Pinning pinning) {
        return new Hardware(after(Path.of("/proc/cpuinfo"), "model name"), Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version") + " " + System.getProperty("os.arch"),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"), pinning.description(), clock(),
            firstWord(Path.of("/proc/loadavg")));
    }

    String line() {
        return "%s, %d processors, Linux %s, %s; %s; clock %.0f ns; load before %s".formatted(cpu, cores, kernel, jdk, pinning, clockNs,
            load);
    }

    private static double clock() {
        double best = Double.MAX_VALUE;
        for (int tries = 0; tries < 5; tries++) {
            long start = System.nanoTime();
            long last = start;
            for (int i = 0; i < CLOCK_READS; i++) {
                last = System.nanoTime();
            }
            best = Math.min(best, (double) (last - start) / CLOCK_READS);
        }
        return best;
    }

    private static String after(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown CPU");
        } catch (IOException e) {
            return "unknown CPU";
        }
    }

    private static String firstWord(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(0, text.indexOf(' '));
        } catch (IOException e) {
            return "unknown";
        }
    }
}

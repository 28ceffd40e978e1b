package dev.slipring.perf;

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure.
 *
 * @param candidates their names, in the first round's order
 * @param peers      those of them that the others are compared with
 * @param modes      the loops
 * @param sizes      payloads in bytes
 * @param rounds     counted, per candidate and per set of JVMs
 * @param warmups    rounds before them
 * @param seconds    a round takes about so long
 * @param messages   per round; 0 to go by {@code seconds}
 * @param forks      sets of JVMs, one after the other
 * @param capacity   of every ring, in bytes
 * @param reading    how much of a message the receiver reads
 * @param rate       of a fixed rate, messages per second
 * @param pollLimit  messages per poll
 * @param directory  in which the run makes its own
 * @param jvmFlags   for every worker, after the standard ones
 */
record Settings(List<String> candidates, List<String> peers, List<Mode> modes, List<Integer> sizes, int rounds, int warmups,
                double seconds, long messages, int forks, int capacity, Reading reading, long rate, int pollLimit, String directory,
                List<String> jvmFlags) {
    private static final long SECOND_NS = 1_000_000_000L;

    Settings {
        candidates.forEach(Candidates::named);
        peers.forEach(Candidates::named);
        int largest = 0;
        for (int size : sizes) {
            require(size >= Long.BYTES && size % Long.BYTES == 0, "--sizes: " + size + " is not a positive multiple of 8");
            largest = Math.max(largest, size);
        }
        require(Integer.bitCount(capacity) == 1 && capacity / 8 >= largest + 64,
            "--capacity: " + capacity + " is not a power of two that takes messages of " + largest + " bytes (8 x as much and more)");
        require(rounds > 0 && warmups >= 0 && forks > 0, "--rounds and --forks are 1 or more, --warmup 0 or more");
        require(rate > 0 && rate <= SECOND_NS, "--rate: " + rate + " is not in 1…" + SECOND_NS);
        require(pollLimit > 0, "--poll-limit: " + pollLimit + " is not 1 or more");
        require(messages == 0 || messages >= 4L * pollLimit, "--messages: " + messages + " are too few with --poll-limit " + pollLimit);
        require(seconds > 0, "--seconds: " + seconds + " is not positive");
        require(Path.of(directory).isAbsolute(), "--directory: " + directory + " is not absolute");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    long intervalNs() {
        return SECOND_NS / rate;
    }
}

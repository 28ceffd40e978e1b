package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
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
 * @param capacity   of every ring, in bytes, at least
 * @param reading    how much of a message the receiver reads
 * @param rate       of a fixed rate, messages per second, at most
 * @param pollLimit  messages per poll
 * @param directory  in which the run makes its own
 * @param jvmFlags   for every worker, after the standard ones
 */
record Settings(List<String> candidates, List<String> peers, List<Mode> modes, List<Integer> sizes, int rounds, int warmups,
                double seconds, long messages, int forks, int capacity, Reading reading, long rate, int pollLimit, String directory,
                List<String> jvmFlags) {
    private static final long SECOND_NS = 1_000_000_000L;
    /** A ring has room for so many messages, or for more small ones. Some take no message longer than an eighth of their capacity. */
    private static final int MESSAGES_PER_RING = 16;
    private static final int SMALLEST_CAPACITY = 4096;
    private static final int LARGEST = 64 << 20;
    /** Of a fixed rate, bytes per second: what every candidate can be expected to keep up with. */
    private static final long MOST_BYTES_PER_SECOND = 512L << 20;
    private static final long FIRST_MESSAGES = 20_000;
    private static final long FIRST_BYTES = 64L << 20;
    private static final int MOST_GROWTH = 20;

    Settings {
        candidates.forEach(Candidates::named);
        peers.forEach(Candidates::named);
        for (int size : sizes) {
            require(size >= Long.BYTES && size <= LARGEST && size % Long.BYTES == 0,
                "--sizes: " + size + " is not a positive multiple of 8, or more than " + LARGEST);
        }
        require(Integer.bitCount(capacity) == 1 && capacity >= SMALLEST_CAPACITY,
            "--capacity: " + capacity + " is not a power of two of " + SMALLEST_CAPACITY + " or more");
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

    /** Of every ring, for messages of this size: a power of two. */
    int capacity(int size) {
        return Math.max(capacity, Integer.highestOneBit(MESSAGES_PER_RING * size - 1) << 1);
    }

    /** Between two messages of a fixed rate. */
    long intervalNs(int size) {
        return SECOND_NS / Math.max(1, Math.min(rate, MOST_BYTES_PER_SECOND / size));
    }

    /** Of the first round, when it is not known how fast a candidate is. */
    long firstMessages(Mode mode, int size) {
        if (messages > 0) {
            return messages;
        }
        return mode == Mode.FIXED_RATE ? Math.max(fewestMessages(), (long) (SECOND_NS / (double) intervalNs(size) * seconds))
            : Math.max(fewestMessages(), Math.min(FIRST_MESSAGES, FIRST_BYTES / size));
    }

    /** Of the round after one that took so long. */
    long nextMessages(Mode mode, long before, double tookSeconds) {
        if (messages > 0 || mode == Mode.FIXED_RATE) {
            return before;
        }
        return Math.max(fewestMessages(), (long) (before * Math.min(MOST_GROWTH, seconds / tookSeconds)));
    }

    /** More than arrive with the poll that starts the clock. */
    private long fewestMessages() {
        return 4L * pollLimit;
    }
}

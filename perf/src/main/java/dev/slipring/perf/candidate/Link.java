package dev.slipring.perf.candidate;

import java.nio.file.Path;
import java.util.List;

/**
 * What the two processes of a pair are connected by.
 *
 * @param directory where its files lie, private to the pair
 * @param mode      the loop; only a round trip needs the way back
 * @param end       which of the two processes this is
 * @param length    of every message, in bytes
 * @param capacity  of a ring, in bytes
 */
public record Link(Path directory, Mode mode, Mode.End end, int length, int capacity) {
    /** There, and back if anything comes back. */
    public List<Wire> wires() {
        return mode == Mode.ROUND_TRIP ? List.of(there(), back()) : List.of(there());
    }

    /** What this end sends on. */
    public Wire out() {
        return end == Mode.End.NEAR ? there() : back();
    }

    /** What this end receives on. */
    public Wire in() {
        return end == Mode.End.NEAR ? back() : there();
    }

    private Wire there() {
        return new Wire(directory, "there", length, capacity);
    }

    private Wire back() {
        return new Wire(directory, "back", length, capacity);
    }
}

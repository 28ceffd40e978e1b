package dev.slipring.perf;

import java.util.List;
import java.util.stream.Collectors;

/** All there is to compare. */
final class Candidates {
    /** To add one, implement {@link Candidate} and name it here. */
    static final List<Candidate> ALL = List.of(
        new SpscCandidate("spsc", 64, 1),
        new SpscCandidate("spsc-8", 8, 1),
        new SpscCandidate("spsc-batch", 64, 64),
        new AgronaOneToOne(),
        new Floor());

    private Candidates() {
    }

    static Candidate named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no candidate \"" + name + "\"; there are " + names()));
    }

    static String names() {
        return ALL.stream().map(Candidate::name).collect(Collectors.joining(", "));
    }
}

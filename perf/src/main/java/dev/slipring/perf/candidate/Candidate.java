package dev.slipring.perf.candidate;

import org.jspecify.annotations.Nullable;

/** Something to compare: a name, and how the two ends of a {@link Link} are made. The loops know nothing else of it. */
public interface Candidate {
    /** What carries a message. */
    enum Kind {
        /** Memory that both processes have mapped: one copy through the caches. */
        SHARED_MEMORY,
        /** The operating system: copied in by one call and out by another. */
        KERNEL,
        /** Nothing anybody would use: a bound to compare with. */
        REFERENCE
    }

    /** As in {@code --candidates}. */
    String name();

    /** What carries a message. */
    Kind kind();

    /** Why it cannot be measured in this mode at this size; {@code null} when it can. */
    default @Nullable String refusal(Mode mode, int size) {
        return null;
    }

    /** Whether a receiver with nothing to do sleeps in the operating system, as is usual with this candidate, and does not spin. */
    default boolean blocking() {
        return false;
    }

    /** Whether a receiver that is too slow loses messages; then they are counted, one way, and do not end the run. */
    default boolean lossy() {
        return false;
    }

    /** Bytes of payload it carries when so many were asked for. */
    default int payloadLength(int asked) {
        return asked;
    }

    /** Makes what the two ends need, in the coordinator and before they start; closed after they ended. Files need not be removed. */
    Preparation prepare(Link link);

    /** One of the two ends, in a process of its own; returns when the other end is there, if it has to wait for it. */
    Connection connect(Link link);
}

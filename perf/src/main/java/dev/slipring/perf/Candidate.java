package dev.slipring.perf;

import java.util.Set;

/** Something to compare: a name, and how the two ends of a {@link Wire} are made. The loops know nothing else of it. */
interface Candidate {
    /** As in {@code --candidates}. */
    String name();

    /** What it can be measured in. */
    Set<Mode> modes();

    /** Bytes of payload it carries when so many were asked for. */
    default int payloadLength(int asked) {
        return asked;
    }

    /** Prepares a wire, in the coordinator and before the workers start; closed after they ended. Files need not be removed. */
    AutoCloseable create(Wire wire);

    /** The sending end, in one worker. */
    Outlet outlet(Wire wire);

    /** The receiving end, in the other. */
    Inlet inlet(Wire wire, Receiver receiver);
}

package dev.slipring.core;

import java.time.Instant;

/**
 * A participant as somebody from outside sees it. Whether it lives is the kernel's word; all else is what it said of itself.
 *
 * @param who          slot, generation, role, name, process id, since when
 * @param processStart when its process began
 * @param pidNamespace inode number of the PID namespace in which its process id means something
 * @param life         what the slot's state and its lock say together
 * @param counts       what it has counted of itself
 */
public record ParticipantStatus(ParticipantInfo who, Instant processStart, long pidNamespace, Life life, ParticipantCounts counts) {
    /** What becomes of a slot. */
    public enum Life {
        /** It takes part. A stopped process does too. */
        ALIVE,
        /** Its process has gone without leaving; nobody has counted that yet. */
        DEAD,
        /** It holds the slot's lock and is not in the table: about to take part, or just leaving. */
        PASSING
    }

    /** Whether its process id is one of this process's PID namespace. */
    public boolean isOfThisNamespace() {
        return pidNamespace == ThisProcess.PID_NAMESPACE;
    }
}

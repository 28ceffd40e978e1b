package dev.slipring.core;

/**
 * A role of a region as somebody from outside sees it.
 *
 * @param role          which
 * @param attached      how many ever took part
 * @param closedInOrder how many of them left in order
 * @param died          how many are known to have died
 * @param diedBeforeEra how many had died when somebody last came while nobody was there
 * @param living        how many take part now, by the kernel's word
 * @param uncounted     how many have died and were not counted yet
 * @param held          whether somebody has the exclusive role's lock
 */
public record RoleStatus(Role role, long attached, long closedInOrder, long died, long diedBeforeEra, int living, int uncounted,
    boolean held) {

    /** How it stands. */
    public enum Standing {
        /** Nobody ever had this role. */
        NEVER,
        /** Somebody has it. */
        ALIVE,
        /** Nobody has it, and the last ones left in order. */
        CLOSED,
        /** Nobody has it, and of the last ones one died. */
        DEAD
    }

    /** What a peer would be told. */
    public Standing standing() {
        if (living > 0) {
            return Standing.ALIVE;
        }
        if (attached == 0) {
            return Standing.NEVER;
        }
        return uncounted > 0 || died > diedBeforeEra ? Standing.DEAD : Standing.CLOSED;
    }
}

package dev.slipring.examples.demo;

import java.nio.file.Path;

/** Where the processes of a demo meet: a directory of their own, and what lies in it. */
public interface MeetingPlace {
    /** The directory. */
    Path path();

    /** Closes what was opened through this object; any thread. */
    void leave();

    /**
     * Removes what nobody has open, and the directory when nothing is left. Whoever leaves last and calls this removes all.
     *
     * @return whether nothing is left
     */
    boolean removeIfUnused();

    /** Leaves, and removes what nobody else has open. */
    default void leaveAsTheLast() {
        leave();
        removeIfUnused();
    }
}

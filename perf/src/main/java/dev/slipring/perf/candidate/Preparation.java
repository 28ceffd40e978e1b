package dev.slipring.perf.candidate;

/** What a candidate keeps in the coordinator for as long as its pair of processes lives. */
public interface Preparation extends AutoCloseable {
    /** Of those that need nothing but files. */
    Preparation NOTHING = () -> { };

    /** A round of this candidate begins, or has ended: whoever has nothing to do keeps away from the processors. */
    default void turn(boolean begins) {
        // most keep nothing that runs
    }

    @Override
    void close();
}

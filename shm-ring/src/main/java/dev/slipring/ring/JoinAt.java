package dev.slipring.ring;

/** Where a reader of a broadcast ring begins, or a view of any ring. */
public sealed interface JoinAt {
    /** With the next message after this moment. */
    static JoinAt latest() {
        return new Latest();
    }

    /** With the oldest message that the ring still has. */
    static JoinAt oldest() {
        return new Oldest();
    }

    /**
     * With a given message: what of it and those behind it is lost already is told as a gap; if it is still to come, it is waited for.
     *
     * @param sequence 0 or more
     */
    static JoinAt sequence(long sequence) {
        return new Sequence(sequence);
    }

    /** See {@link JoinAt#latest}. */
    record Latest() implements JoinAt {
    }

    /** See {@link JoinAt#oldest}. */
    record Oldest() implements JoinAt {
    }

    /** See {@link JoinAt#sequence}. */
    record Sequence(long sequence) implements JoinAt {
        /** Checks the range. */
        public Sequence {
            if (sequence < 0) {
                throw new IllegalArgumentException("sequence=" + sequence + " is negative");
            }
        }
    }
}

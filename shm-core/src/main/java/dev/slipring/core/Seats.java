package dev.slipring.core;

/**
 * What a kind of region keeps for each participant besides the participants' table. Both are called with the repair lock held, and may be
 * cut off by death at any store: whoever has the lock next calls again.
 */
public interface Seats {
    /** Nothing. */
    Seats NONE = new Seats() {
        @Override
        public void take(int slot, Role role, Participants others) {
            // nothing to do
        }

        @Override
        public void clear(int slot) {
            // nothing to do
        }
    };

    /**
     * A participant is about to have this slot; the table still says that it is free. Throwing refuses the registration.
     *
     * @param others for a look at who is registered
     */
    void take(int slot, Role role, Participants others);

    /** The participant of this slot has left or died, and stores nothing any more; the table still says that it is here. Idempotent. */
    void clear(int slot);
}

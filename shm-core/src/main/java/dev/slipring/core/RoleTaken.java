package dev.slipring.core;

/** An exclusive role (the one producer, the one consumer) is held by a live participant. */
public final class RoleTaken extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RoleTaken(String message) {
        super(message);
    }
}

package dev.slipring.core;

/** No region of that name; opening never creates one. */
public final class RegionNotFound extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RegionNotFound(String message) {
        super(message);
    }
}

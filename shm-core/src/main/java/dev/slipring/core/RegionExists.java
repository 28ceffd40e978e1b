package dev.slipring.core;

/** A region of that name is there already; creating never replaces one. */
public final class RegionExists extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RegionExists(String message) {
        super(message);
    }
}

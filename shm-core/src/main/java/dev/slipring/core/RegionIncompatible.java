package dev.slipring.core;

/** A sound region that this attach must not use: another kind, layout, schema, feature or boot; or no region file at all. */
public final class RegionIncompatible extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RegionIncompatible(String message) {
        super(message);
    }
}

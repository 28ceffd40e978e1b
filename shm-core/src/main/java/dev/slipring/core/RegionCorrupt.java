package dev.slipring.core;

/** Bytes in the region break its own rules: a damaged header, a length that cannot be. Nothing outside the region was read. */
public final class RegionCorrupt extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RegionCorrupt(String message) {
        super(message);
    }
}

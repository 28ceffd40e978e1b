package dev.slipring.core;

/** No room: the file system cannot hold the region, or all participant slots are taken. */
public final class RegionFull extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RegionFull(String message) {
        super(message);
    }
}

package dev.slipring.core;

/** The file under an open region was removed or cut short. The handle is of no more use. */
public final class RegionLost extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public RegionLost(String message) {
        super(message);
    }
}

package dev.slipring.core;

/** The operating system, or the rules on owners and modes, refuse the directory or the region to this user. */
public final class AccessDenied extends SlipringException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected, what was found, what to do
     */
    public AccessDenied(String message) {
        super(message);
    }
}

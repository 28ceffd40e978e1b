package dev.slipring.examples.demo;

/** A process on the other side of a flow died, or left before its time. */
public final class PeerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says who, and how it was noticed. */
    public PeerGone(String message) {
        super(message);
    }
}

package dev.slipring.examples.trading;

/** A process on the other side of a flow died, or left before its time. */
final class PeerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerGone(String message) {
        super(message);
    }
}
